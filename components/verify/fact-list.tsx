'use client'
/** Name and date of birth, large for the comparison with an ID, and what was given when. */
import { IdCard } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Language } from '@/components/language'
import { dayInWords, dayOf, momentOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Beside } from '@/components/second-language'
import { CertificateNumber } from '@/components/ui/value'
import type { Facts } from '@/lib/verification/facts'
import { verifyWords } from './words'

interface FactListProps {
  facts: Facts
  /** When it was checked: whether its period has begun, or is over. */
  at: Date
  timeZone: string
}

export function FactList({ facts, at, timeZone }: FactListProps) {
  const words = useWords(verifyWords)
  const language = useLanguage()
  const title = facts.title && (facts.title.titles?.[language] ?? facts.title.title)
  const second = (name: string, label: string) => (
    <Beside labels={facts.called?.[name]} page={label} alsoIn={facts.alsoIn} />
  )
  const given = [
    facts.vaccine,
    facts.dose && doseOf(facts, words),
    facts.date && daySaid(facts.date, language, timeZone),
  ].filter((part) => part !== '')
  return (
    <div className="mt-5 border-t border-line pt-5">
      {facts.title && title && (
        <p className="mb-4 text-lg font-semibold">
          <bdi>{title}</bdi>
          <Beside labels={facts.title.titles} page={title} alsoIn={facts.alsoIn} />
        </p>
      )}
      <dl className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <Fact label={words.name} second={second('name', words.name)} large wide>
          <bdi>{facts.name || words.notGiven}</bdi>
        </Fact>
        {facts.dob || !facts.age ? (
          <Fact label={words.dob} second={second('dob', words.dob)} large wide>
            <bdi className="numbers">{facts.dob ? dayInWords(facts.dob, language) : words.notGiven}</bdi>
          </Fact>
        ) : (
          <Fact label={words.ageThen} large wide>
            <bdi className="numbers">{facts.age}</bdi>
          </Fact>
        )}
      </dl>
      <p className="mt-4 flex gap-3 rounded-sheet bg-act-soft px-4 py-3 text-[0.9375rem]">
        <IdCard aria-hidden className="mt-0.5 size-5 shrink-0 text-act" />
        <span>
          <strong className="font-semibold">{words.compare}</strong> {words.compareNext}
        </span>
      </p>
      <dl className="mt-5 grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {given.length > 0 && (
          <Fact label={words.vaccination} wide>
            {given.map((part, index) => (
              <span key={part}>
                {index > 0 && ' · '}
                <bdi>{part}</bdi>
              </span>
            ))}
          </Fact>
        )}
        <Period facts={facts} at={at} timeZone={timeZone} />
        {given.length > 0 && facts.facility && (
          <Fact label={words.facility} second={second('facility', words.facility)}>
            <bdi>{facts.facility}</bdi>
          </Fact>
        )}
        {facts.more?.map(({ label: english, labels, value, unit }) => {
          const label = labels?.[language] ?? english
          return (
            <Fact key={english} label={label} second={<Beside labels={labels} page={label} alsoIn={facts.alsoIn} />}>
              <bdi>{[saidOf(value, language, timeZone), unit].filter(Boolean).join(' ')}</bdi>
            </Fact>
          )
        })}
        <Fact label={words.number}>
          <CertificateNumber id={facts.certificateId} />
        </Fact>
      </dl>
    </div>
  )
}

/** When the protection counts. A certificate stays genuine when it is over; whoever looks has to know. */
function Period({ facts: { effectiveStart: from, effectiveUntil: until }, at, timeZone }: FactListProps) {
  const words = useWords(verifyWords)
  const language = useLanguage()
  if (!from && !until) return null
  const said = (day: string) => daySaid(day, language, timeZone)
  const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
  const remark =
    until && until.slice(0, 10) < today ? words.over : from && from.slice(0, 10) > today ? words.notYet : null
  const text = !until
    ? words.periodFrom(said(from))
    : !from
      ? words.periodUntil(said(until))
      : words.periodBoth(said(from), said(until))
  return (
    <Fact label={words.period} wide>
      <bdi className="numbers">{text}</bdi>
      {remark && <span className="block font-semibold text-warn">{remark}</span>}
    </Fact>
  )
}

interface FactProps {
  label: string
  /** The same in the reader's own language. */
  second?: ReactNode
  large?: boolean
  wide?: boolean
  children: ReactNode
}

function Fact({ label, second, large = false, wide = false, children }: FactProps) {
  return (
    <div className={wide ? 'sm:col-span-2' : ''}>
      <dt className="text-sm text-ink-3">
        {label}
        {second}
      </dt>
      <dd className={large ? 'text-2xl/8 font-semibold' : 'font-medium'}>{children}</dd>
    </div>
  )
}

function doseOf({ dose, totalDoses }: Facts, words: (typeof verifyWords)['en']): string {
  return totalDoses !== '' && Number(dose) > Number(totalDoses) ? words.booster(dose) : words.dose(dose, totalDoses)
}

/** What a type has shown: an instant with its time, which matters for what was measured; a day; anything else as it is. */
function saidOf(value: string, language: Language, timeZone: string): string {
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/.test(value) && !Number.isNaN(Date.parse(value))
  if (isInstant) return momentOf(value, language, timeZone)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayInWords(value, language) : value
}

/** A day, or the day of an instant; anything else as it is. */
function daySaid(value: string, language: Language, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayInWords(value, language)
  return Number.isNaN(Date.parse(value)) ? value : dayOf(value, language, timeZone)
}
