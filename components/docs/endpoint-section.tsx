/** One endpoint: what it does, who may call it, what goes in, what comes out, why it may be refused. */
import type { ReferenceAnswer, ReferenceEndpoint } from '@/lib/developers/answers'
import { shapeLink, topicPage } from './anchors'
import { CodeBlock } from './code-block'
import { DocLink } from './doc-link'
import { FieldTable, ParameterTable } from './field-table'
import { Heading } from './heading'
import { Method, Path } from './method'
import { TryIt } from './try-it'
import { triedOf } from './try-request'
import { words } from './words'

export function EndpointSection({ endpoint }: { endpoint: ReferenceEndpoint }) {
  const { id, method, path, summary, description, who, roles, twin, parameters, body, answers } = endpoint
  const forPrograms = who === 'anyone' || who === 'caller'
  return (
    <section id={id} className="scroll-mt-20 border-t border-line pt-7">
      <Heading level={2} anchor={id} title={summary} />
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
        <Method method={method} />
        <Path path={path} className="font-semibold" />
        <span className="rounded-full border border-line-strong px-2.5 text-xs leading-5.5 text-ink-2">
          {words.endpoint.who[who]}
        </span>
        {roles.length > 0 && <span className="text-xs leading-5.5 text-ink-3">{words.endpoint.roles(roles)}</span>}
      </p>
      {description && <p className="mt-3 max-w-[44rem] text-ink-2">{description}</p>}
      {twin ? (
        <p className="mt-3 text-ink-2">
          {words.endpoint.twin}{' '}
          <DocLink href={`${topicPage(twin.topic)}#${twin.id}`}>
            {twin.method} <Path path={twin.path} />
          </DocLink>
          .
        </p>
      ) : (
        <>
          {parameters.length > 0 && (
            <Part title={words.endpoint.parameters}>
              <ParameterTable caption={words.endpoint.parameters} parameters={parameters} />
            </Part>
          )}
          {body && (
            <Part title={words.endpoint.body}>
              {body.isArray && (
                <p className="mb-1 text-sm text-ink-2">
                  {words.endpoint.array} {body.limits && `${body.limits}.`}
                </p>
              )}
              <FieldTable caption={words.endpoint.body} fields={body.fields} />
              <Example label={words.endpoint.example} code={body.example} />
            </Part>
          )}
          <Answers answers={answers} />
        </>
      )}
      {forPrograms && <TryIt tried={triedOf(endpoint)} />}
    </section>
  )
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="mt-6">
      <h3 className="mb-1.5 text-[0.9375rem] font-semibold">{title}</h3>
      {children}
    </div>
  )
}

function Example({ label, code }: { label: string; code: string }) {
  return (
    <div className="mt-3">
      <p className="mb-1 text-xs font-semibold text-ink-3">{label}</p>
      <CodeBlock label={label} code={code} className="max-h-80" />
    </div>
  )
}

function Answers({ answers }: { answers: ReferenceAnswer[] }) {
  const refused = answers.filter(({ refusals }) => refusals.length > 0)
  return (
    <>
      {answers
        .filter(({ refusals }) => refusals.length === 0)
        .map((answer) => (
          <Part key={answer.status} title={`${words.endpoint.answer} ${answer.status}`}>
            <Success answer={answer} />
          </Part>
        ))}
      {refused.length > 0 && (
        <Part title={words.endpoint.refusals}>
          <dl className="text-sm">
            {refused.flatMap(({ status, refusals }) =>
              refusals.map(({ code, meaning }) => (
                <div key={code} className="gap-x-4 py-1 sm:grid sm:grid-cols-[17rem_minmax(0,1fr)]">
                  <dt>
                    <span className="numbers me-3 text-ink-3">{status}</span>
                    <bdi dir="ltr" className="font-mono text-[0.8125rem] font-semibold">
                      {code}
                    </bdi>
                  </dt>
                  <dd className="text-ink-2">{meaning}</dd>
                </div>
              )),
            )}
          </dl>
        </Part>
      )}
    </>
  )
}

function Success({ answer: { status, forms } }: { answer: ReferenceAnswer }) {
  if (status === '304') return <p className="text-sm text-ink-2">{words.endpoint.notChanged}</p>
  if (forms.length === 0) return <p className="text-sm text-ink-2">{words.tryIt.empty}</p>
  return forms.map(({ type, shape, fields, example }) => (
    <div key={type} className="mb-3">
      <p className="text-sm text-ink-2">
        <bdi dir="ltr" className="font-mono text-[0.8125rem]">
          {type}
        </bdi>
        {shape && (
          <>
            {', '}
            <DocLink href={shapeLink(shape)}>{shape}</DocLink>
          </>
        )}
      </p>
      {fields.length > 0 && <FieldTable caption={`${words.endpoint.answer} ${status}`} fields={fields} />}
      {example && <Example label={words.endpoint.example} code={example} />}
    </div>
  ))
}
