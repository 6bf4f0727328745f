/** The endpoints of one topic. */
import type { ReferenceTopic } from '@/lib/developers/answers'
import { EndpointSection } from './endpoint-section'

export function TopicPage({ topic: { name, description, endpoints } }: { topic: ReferenceTopic }) {
  return (
    <>
      <h1>{name}</h1>
      <p className="mt-2 max-w-[44rem] text-lg text-ink-2">{description}</p>
      <div className="mt-8 space-y-12">
        {endpoints.map((endpoint) => (
          <EndpointSection key={endpoint.id} endpoint={endpoint} />
        ))}
      </div>
    </>
  )
}
