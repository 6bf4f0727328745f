/** The first page of the documentation: the token, first steps, what is good to know, the own calls. */
import type { GuideStep, Reference } from '@/lib/developers/answers'
import { ANCHORS, below, topicPage } from './anchors'
import { CodeBlock } from './code-block'
import { DocLink } from './doc-link'
import { Heading } from './heading'
import { OwnCalls } from './own-calls'
import { CLIENT_RULE, rulesFor } from './rules'
import { Section, Step } from './section'
import { TokenPanel } from './token'
import { words } from './words'

interface StartPageProps {
  reference: Reference
  guide: readonly GuideStep[]
  /** The commands before the first step. */
  setup: string
  /** Requests that a client may make in a minute; 0 = no limit. */
  perMinute: number
  /** How the typed client is used. */
  usage: string
}

export function StartPage({ reference, guide, setup, perMinute, usage }: StartPageProps) {
  return (
    <>
      <h1>{words.title}</h1>
      <p className="mt-2 max-w-[44rem] text-lg text-ink-2">{words.lead}</p>
      <p className="mt-3 flex flex-wrap gap-x-6">
        <a href="/openapi.json" className="link inline-flex min-h-11 items-center">
          {words.description}
        </a>
        {/* Files, not pages: the browser has to ask for them itself. */}
        <a href="/docs/client.ts" download="errata-client.ts" className="link inline-flex min-h-11 items-center">
          {words.typedClient}
        </a>
      </p>
      <section id={ANCHORS.token} data-screen-only className="sheet mt-5 scroll-mt-20 px-5 py-6 sm:px-7">
        <Heading level={2} anchor={ANCHORS.token} title={words.token.title} />
        <p className="mt-1 mb-4 max-w-[44rem] text-ink-2">{words.token.lead}</p>
        <TokenPanel />
      </section>

      <Section anchor={ANCHORS.guide} title={words.guide.title} lead={words.guide.lead}>
        <Step anchor={below(ANCHORS.guide, 'token')} title={`1. ${words.guide.setupTitle}`} text={[words.guide.setup]}>
          <CodeBlock label={words.guide.setupTitle} code={setup} />
        </Step>
        {guide.map(({ id, title, text, command, see }, at) => (
          <Step key={id} anchor={below(ANCHORS.guide, id)} title={`${at + 2}. ${title}`} text={text}>
            <CodeBlock label={title} code={command} />
            <p className="mt-2 flex flex-wrap gap-x-3 text-sm text-ink-3">
              {words.guide.see}
              {see.map((part) => (
                <code key={part} dir="ltr" className="font-mono text-[0.8125rem] text-ink-2 wrap-anywhere">
                  {part}
                </code>
              ))}
            </p>
          </Step>
        ))}
      </Section>

      <Section anchor={ANCHORS.rules} title={words.rules.title}>
        {rulesFor(perMinute).map(({ id, title, text }) => (
          <Step key={id} anchor={id} title={title} text={text}>
            {id === CLIENT_RULE && <CodeBlock label={title} code={usage} />}
          </Step>
        ))}
      </Section>

      <Section anchor="endpoints" title={words.endpoints.title} lead={words.endpoints.lead}>
        <ul className="grid gap-x-8 gap-y-5 sm:grid-cols-2">
          {reference.topics.map(({ id, name, description, endpoints }) => (
            <li key={id}>
              <DocLink href={topicPage(id)} className="link inline-flex min-h-8 items-center font-semibold">
                {name}
              </DocLink>{' '}
              <span className="numbers text-sm text-ink-3">{endpoints.length}</span>
              <p className="text-sm text-ink-2">{description}</p>
            </li>
          ))}
        </ul>
      </Section>

      <div data-screen-only>
        <Section anchor={ANCHORS.calls} title={words.calls.own} lead={words.calls.ownLead}>
          <OwnCalls />
        </Section>
      </div>
    </>
  )
}
