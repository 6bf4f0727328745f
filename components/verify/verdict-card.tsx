'use client'
/** A verdict as a person at a gate sees it: icon, word, sentence and code, then what to compare with the ID. */
import {
  BadgeCheck,
  Ban,
  Check,
  CalendarClock,
  CalendarX2,
  CircleHelp,
  Eye,
  FlaskConical,
  Pause,
  RefreshCw,
  ScanLine,
  TriangleAlert,
  X,
  type LucideIcon,
} from 'lucide-react'
import { dayOf, timeOf } from '@/components/public/days'
import { apart } from '@/components/public/apart'
import { useLanguage, useWords } from '@/components/public/language-provider'
import type { Language } from '@/components/language'
import { codeOf, type Verdict } from '@/lib/verification/verdict'
import { isAhead, listSaid } from './list-age'
import { FactList } from './fact-list'
import type { Tone } from './feedback'
import { verifyWords, type VerifyWords } from './words'

interface VerdictCardProps {
  verdict: Verdict
  at: Date
  issuer: string
  /** Zone in which days are told. */
  timeZone: string
  /** The clock of this device was found to be wrong. */
  clockIsWrong: boolean
}

export function VerdictCard({ verdict, at, issuer, timeZone, clockIsWrong }: VerdictCardProps) {
  const words = useWords(verifyWords)
  const language = useLanguage()
  const { icon: Icon, tone } = LOOK[verdict.state]
  const list = 'list' in verdict ? verdict.list : undefined
  const { ink, ground, edge } = COLOURS[tone]
  return (
    <article data-verdict={verdict.state} className={`sheet border-t-[6px] p-5 sm:p-6 ${edge}`}>
      <div className="flex items-start gap-4">
        <span className={`grid size-14 shrink-0 place-items-center rounded-full ${ground} ${ink}`}>
          <Icon aria-hidden className="size-7" strokeWidth={2.25} />
        </span>
        <div className="min-w-0">
          <h2 className={`font-serif text-[2rem]/10 font-semibold tracking-tight ${ink}`}>{wordOf(verdict, words)}</h2>
          <p className="mt-1 text-lg/7">{sentenceOf(verdict, words, { language, issuer, timeZone, at })}</p>
          {list && (
            <>
              {verdict.state !== 'could_not_check' && (
                <p className="mt-1">{words.byList(listSaid(list, at, words, language, timeZone))}</p>
              )}
              {Date.parse(list.nextUpdate) < at.getTime() && (
                <p className="mt-1 font-semibold text-warn">{words.listOld}</p>
              )}
              {(clockIsWrong || isAhead(list, at)) && (
                <p className="mt-1 font-semibold text-warn">{words.clockWrong}</p>
              )}
            </>
          )}
          <p className="mt-1 text-sm text-ink-3">
            {words.checkedAt} <bdi className="numbers">{timeOf(at, language)}</bdi> · {words.code}{' '}
            <bdi className="numbers">{codeOf(verdict)}</bdi>
          </p>
        </div>
      </div>
      {'facts' in verdict && <FactList facts={verdict.facts} at={at} timeZone={timeZone} />}
    </article>
  )
}

/** How good the news are. */
export function toneOf(verdict: Verdict): Tone {
  return LOOK[verdict.state].tone
}

const LOOK: Record<Verdict['state'], { icon: LucideIcon; tone: Tone }> = {
  valid: { icon: Check, tone: 'good' },
  replaced: { icon: RefreshCw, tone: 'look' },
  suspended: { icon: Pause, tone: 'look' },
  not_yet_valid: { icon: CalendarClock, tone: 'look' },
  expired: { icon: CalendarX2, tone: 'look' },
  trusted: { icon: BadgeCheck, tone: 'unknown' },
  cancelled: { icon: Ban, tone: 'bad' },
  altered: { icon: TriangleAlert, tone: 'bad' },
  not_genuine: { icon: X, tone: 'bad' },
  could_not_check: { icon: CircleHelp, tone: 'unknown' },
  preview: { icon: Eye, tone: 'unknown' },
  sandbox: { icon: FlaskConical, tone: 'unknown' },
  not_a_certificate: { icon: ScanLine, tone: 'unknown' },
}

const COLOURS: Record<Tone, { ink: string; ground: string; edge: string }> = {
  good: { ink: 'text-ok', ground: 'bg-ok-soft', edge: 'border-t-ok' },
  look: { ink: 'text-warn', ground: 'bg-warn-soft', edge: 'border-t-warn' },
  bad: { ink: 'text-stop', ground: 'bg-stop-soft', edge: 'border-t-stop' },
  unknown: { ink: 'text-mute', ground: 'bg-mute-soft', edge: 'border-t-mute' },
}

function wordOf(verdict: Verdict, words: VerifyWords): string {
  return verdict.state === 'could_not_check' ? words.couldNotCheck : words.word[verdict.state]
}

interface Place {
  language: Language
  issuer: string
  timeZone: string
  at: Date
}

function sentenceOf(verdict: Verdict, words: VerifyWords, { language, issuer, timeZone, at }: Place): string {
  const day = (instant: string) => apart(dayOf(instant, language, timeZone))
  switch (verdict.state) {
    case 'replaced':
      return words.replaced(day(verdict.since))
    case 'cancelled':
      return words.cancelled(day(verdict.since), words.cause[verdict.cause ?? ''] ?? null)
    case 'suspended':
      return words.suspended(day(verdict.since), verdict.until && day(verdict.until))
    case 'not_yet_valid':
      return words.not_yet_valid(day(verdict.from))
    case 'expired':
      return words.expired(day(verdict.since))
    case 'trusted':
      return words.trusted(apart(verdict.issuer), apart(issuer))
    case 'could_not_check':
      if (verdict.obstacle === 'status' && verdict.list) {
        return words.notInList(listSaid(verdict.list, at, words, language, timeZone))
      }
      return words.obstacle[verdict.obstacle](apart(issuer))
    default:
      return words[verdict.state]
  }
}
