'use client'
/** What changed in each version, why, and by which facility; with all versions that there were. */
import { ChevronDown } from 'lucide-react'
import { dayOf } from '@/components/public/days'
import { changeWording } from '@/components/public/change-words'
import { fieldLabel } from '@/components/public/field-labels'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Marked } from '@/components/marked'
import { Beside } from '@/components/second-language'
import { Button } from '@/components/ui/button'
import { CertificateNumber } from '@/components/ui/value'
import { markChanges } from '@/lib/certificates/diff'
import type { HolderVersion, HolderView } from '@/lib/holders/answers'
import { shownValue } from '@/components/public/shown-value'
import { holderWords } from './words'

export function Changes({ view, onNotMine }: { view: HolderView; onNotMine: () => void }) {
  const words = useWords(holderWords)
  const latest = view.versions.find(({ certificateId }) => certificateId === view.certificateId)!
  return (
    <>
      {view.version > 1 && (
        <section aria-labelledby="holder-changes" className="sheet px-5 py-4">
          <h2 id="holder-changes" className="text-xl">
            {words.changes.title}
          </h2>
          <Change version={latest} view={view} />
          {!latest.reissued && (
            <Button onClick={onNotMine} className="mt-4 h-auto py-2 text-start whitespace-normal">
              {words.changes.notMine}
            </Button>
          )}
        </section>
      )}
      <details className="sheet group px-5 py-1">
        <summary className="flex min-h-11 items-center justify-between gap-3 font-semibold text-act">
          {words.changes.all(view.versions.length)}
          <ChevronDown aria-hidden className="size-5 shrink-0 transition-transform group-open:rotate-180" />
        </summary>
        <ol className="pb-3">
          {view.versions.map((version) => (
            <li key={version.certificateId} className="border-t border-line py-3">
              <Version version={version} view={view} />
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}

function Version({ version, view }: { version: HolderVersion; view: HolderView }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const day = (instant: string) => dayOf(instant, language, view.timeZone)
  return (
    <>
      <p className="font-semibold">
        {words.changes.version(version.version)}
        {version.state === 'current' && <span className="text-ok"> · {words.changes.valid}</span>}
      </p>
      <p className="text-sm text-ink-2">
        <CertificateNumber id={version.certificateId} /> · {words.changes.issuedOn(day(version.issuedAt))}
        {version.endedAt && version.state !== 'current' && (
          <>
            {' · '}
            {version.state === 'superseded'
              ? words.changes.endedOn(day(version.endedAt))
              : words.changes.stoppedOn(day(version.endedAt))}
          </>
        )}
      </p>
      {version.version > 1 && <Change version={version} view={view} />}
    </>
  )
}

function Change({ version, view }: { version: HolderVersion; view: HolderView }) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const { changes } = words
  const fields = new Map(view.sections.flatMap(({ details }) => details.map((detail) => [detail.path, detail])))
  const why = [
    version.requestedBy && changes.requestedBy[version.requestedBy],
    version.cause && changes.cause[version.cause],
  ].filter(Boolean)
  if (version.reissued) {
    const day = dayOf(version.issuedAt, language, view.timeZone)
    return <p className="mt-1 text-sm text-ink-2">{changes.reissued(version.facility, day)}</p>
  }
  return (
    <>
      <p className="mt-1 text-sm text-ink-2">
        {changes.by(version.facility, dayOf(version.issuedAt, language, view.timeZone))}
        {'. '}
        {why.length > 0 ? `${why.join(language === 'ar' ? '، ' : ': ')}.` : changes.noReason}
      </p>
      {version.changes.length === 0 ? (
        <p className="mt-2 text-sm text-ink-3">{changes.none}</p>
      ) : (
        <dl className="mt-3 space-y-3">
          {version.changes.map((change) => {
            const field = fields.get(change.path)
            const label = fieldLabel({ ...change, labels: field?.labels }, language)
            const text = (value: string | null) =>
              shownValue(field ?? { kind: 'text' }, value ?? '', language, view.timeZone)
            const marked = markChanges(text(change.before), text(change.after), changeWording[language])
            return (
              <div key={change.path}>
                <dt className="font-semibold">
                  {label}
                  <Beside labels={field?.labels} page={label} alsoIn={view.alsoIn} />
                </dt>
                <dd className="flex gap-3">
                  <span className="w-12 shrink-0 text-sm leading-6 text-ink-3">{changes.was}</span>
                  {change.before === null ? (
                    <span className="text-ink-3">{changes.empty}</span>
                  ) : (
                    <Marked segments={marked.before} as="del" />
                  )}
                </dd>
                <dd className="flex gap-3">
                  <span className="w-12 shrink-0 text-sm leading-6 text-ink-3">{changes.now}</span>
                  {change.after === null ? (
                    <span className="text-ink-3">{changes.empty}</span>
                  ) : (
                    <Marked segments={marked.after} as="ins" />
                  )}
                </dd>
                <dd className="text-xs text-ink-3">
                  <bdi>{marked.words}</bdi>
                </dd>
              </div>
            )
          })}
        </dl>
      )}
    </>
  )
}
