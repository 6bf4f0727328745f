/** What is common to all answers: refusals, headers, and the shapes that they are made of. */
import type { Reference } from '@/lib/developers/answers'
import { ANCHORS } from './anchors'
import { FieldTable } from './field-table'
import { Heading } from './heading'
import { RefusalTable } from './refusal-table'
import { Section } from './section'
import { words } from './words'

export function AnswersPage({ reference }: { reference: Reference }) {
  return (
    <>
      <h1>{words.answers.title}</h1>
      <p className="mt-2 max-w-[44rem] text-lg text-ink-2">{words.answers.lead}</p>
      <Section anchor={ANCHORS.refusals} title={words.refusals.title} lead={words.refusals.lead}>
        <RefusalTable reference={reference} />
      </Section>
      <Section anchor={ANCHORS.headers} title={words.headers.title}>
        <dl className="text-[0.9375rem] sm:grid sm:grid-cols-[auto_1fr] sm:gap-x-6 sm:gap-y-2">
          {reference.headers.map(({ name, description }) => (
            <div key={name} className="sm:contents max-sm:mt-3">
              <dt className="font-mono text-[0.8125rem] leading-5.5 font-semibold">{name}</dt>
              <dd className="text-sm text-ink-2">{description}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section anchor={ANCHORS.shapes} title={words.shapes.title} lead={words.shapes.lead}>
        {reference.shapes.map(({ id, name, fields }) => (
          <section key={id} id={id} className="scroll-mt-20 border-t border-line pt-6">
            <Heading level={3} anchor={id} title={name} />
            <div className="mt-2">
              <FieldTable caption={name} fields={fields} />
            </div>
          </section>
        ))}
      </Section>
    </>
  )
}
