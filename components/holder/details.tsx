'use client'
/** What the certificate says, as a list. */
import { useState } from 'react'
import { fieldLabel } from '@/components/public/field-labels'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Beside } from '@/components/second-language'
import type { HolderDetail, HolderView } from '@/lib/holders/answers'
import { directionOf, shownValue } from '@/components/public/shown-value'
import { holderWords } from './words'

export function Details({ view }: { view: HolderView }) {
  const words = useWords(holderWords)
  const sections = view.sections.filter(({ details }) => details.length > 0)
  return (
    <section aria-labelledby="holder-details">
      <h2 id="holder-details" className="text-xl">
        {words.details.title}
      </h2>
      <div className="sheet mt-3 divide-y divide-line">
        {sections.map((section) => (
          <section key={section.id} aria-labelledby={`holder-${section.id}`} className="px-5 py-4">
            <h3 id={`holder-${section.id}`} className="text-sm font-semibold text-ink-3">
              <SectionTitle section={section} alsoIn={view.alsoIn} />
            </h3>
            <dl className="mt-1">
              {section.details.map((detail) => (
                <Detail key={detail.path} detail={detail} timeZone={view.timeZone} alsoIn={view.alsoIn} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </section>
  )
}

function SectionTitle({ section, alsoIn }: { section: HolderView['sections'][number] } & Pick<HolderView, 'alsoIn'>) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const title = section.titles?.[language] ?? words.details.sections[section.id] ?? section.title
  return (
    <>
      {title}
      <Beside labels={section.titles} page={title} alsoIn={alsoIn} />
    </>
  )
}

function Detail({ detail, timeZone, alsoIn }: { detail: HolderDetail; timeZone: string } & Pick<HolderView, 'alsoIn'>) {
  const words = useWords(holderWords)
  const language = useLanguage()
  const [shown, setShown] = useState(false)
  const label = fieldLabel(detail, language)
  const value = shownValue(detail, detail.value, language, timeZone)
  const asks = detail.masked && !detail.hidden
  const hidden = asks && !shown
  return (
    <div className="border-t border-line/60 py-2 first:border-t-0 sm:grid sm:grid-cols-[11rem_minmax(0,1fr)] sm:gap-x-4">
      <dt className="text-sm text-ink-2 sm:text-[0.9375rem]">
        {label}
        <Beside labels={detail.labels} page={label} alsoIn={alsoIn} />
      </dt>
      <dd className="flex min-w-0 flex-wrap items-center justify-between gap-x-3">
        {value === '' ? (
          <span className="text-ink-3">{words.details.notGiven}</span>
        ) : (
          <bdi dir={directionOf(detail.kind, detail.ltr)} className="min-w-0">
            {hidden ? '••••••••' : value}
          </bdi>
        )}
        {asks && value !== '' && (
          <button
            type="button"
            aria-expanded={shown}
            aria-label={shown ? words.details.hideField(label) : words.details.showField(label)}
            onClick={() => setShown(!shown)}
            className="link -my-2 inline-flex min-h-11 min-w-11 items-center justify-end text-sm"
          >
            {shown ? words.details.hide : words.details.show}
          </button>
        )}
      </dd>
    </div>
  )
}
