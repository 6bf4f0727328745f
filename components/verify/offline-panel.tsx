'use client'
/** Whether the registry can be asked, how old the kept list is, and making this device ready for places without a connection. */
import { LoaderCircle, Wifi, WifiOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLanguage, useWords } from '@/components/public/language-provider'
import type { Language } from '@/components/language'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { CLOCK_TOLERANCE_MS, isAhead, listSaid } from './list-age'
import { offlineWords } from './offline-words'
import type { Offline } from './use-offline'
import { verifyWords } from './words'

interface OfflinePanelProps {
  offline: Offline
  timeZone: string
  keepable: boolean
}

export function OfflinePanel({ offline, timeZone, keepable }: OfflinePanelProps) {
  const words = useWords(offlineWords)
  const verdictWords = useWords(verifyWords)
  const language = useLanguage()
  const now = useNow()
  const { reached, page, list, step, problem } = offline
  const age = list?.age ?? null
  return (
    <section aria-labelledby="offline" className="sheet mt-6 px-5 py-4">
      <h2 id="offline" className="text-lg">
        {words.title}
      </h2>
      <div role="status" className="mt-2 space-y-1 text-[0.9375rem]">
        <p className="flex items-start gap-2 font-medium">
          {reached === false ? (
            <WifiOff aria-hidden className="mt-1 size-4 shrink-0 text-warn" />
          ) : (
            <Wifi aria-hidden className="mt-1 size-4 shrink-0 text-ink-3" />
          )}
          <span>{reached === null ? words.unknown : reached ? words.connected : words.disconnected}</span>
        </p>
        {reached === false && <p>{age ? words.byListOnly : words.signatureOnly}</p>}
        {/* The age is told anew every minute, and read out only with what else has changed. */}
        <p>
          {age && now ? words.list(listSaid(age, now, verdictWords, language, timeZone)) : words.noList}
          {age && list && page && (
            <span className="block text-sm text-ink-3">
              {words.size(
                number(list.entries, language),
                bytes(list.bytes, language),
                bytes(list.bytes + page.bytes, language),
              )}
            </span>
          )}
        </p>
        {page && age && !problem && !step && <p className="font-medium text-ok">{words.ready}</p>}
        {step && (
          <p className="flex items-center gap-2">
            <LoaderCircle aria-hidden className="size-4 animate-[turn_1s_linear_infinite]" />
            <span>
              {words.step[step]} {step === 'list' && list && words.entriesSoFar(number(list.entries, language))}
            </span>
          </p>
        )}
      </div>
      {age && now && Date.parse(age.nextUpdate) < now.getTime() && (
        <Notice kind="warn" title={words.tooOld} className="mt-3" />
      )}
      {age && list && now && (isAhead(age, now) || Math.abs(list.clockBehind) > CLOCK_TOLERANCE_MS) && (
        <Notice kind="warn" title={words.clockWrong} className="mt-3" />
      )}
      {problem && !step && <Notice kind="warn" live="alert" title={words.problem[problem]} className="mt-3" />}
      {!page && keepable && <p className="mt-3 text-sm text-ink-2">{words.lead}</p>}
      <div className="mt-3 flex flex-wrap gap-3">
        {page && age ? (
          <Button busy={step !== null} onClick={offline.update}>
            {words.update}
          </Button>
        ) : (
          keepable && (
            <Button busy={step !== null} onClick={offline.getReady}>
              {words.getReady}
            </Button>
          )
        )}
        {page && (
          <Button kind="quiet" disabled={step !== null} onClick={offline.forget}>
            {words.forget}
          </Button>
        )}
      </div>
    </section>
  )
}

/** The time, for ages: null while the page is drawn on the server. */
function useNow(): Date | null {
  const [now, setNow] = useState<Date | null>(null)
  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the server's time is another one
    setNow(new Date())
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return now
}

function number(value: number, language: Language): string {
  return value.toLocaleString(language === 'ar' ? 'ar-u-nu-latn' : 'en')
}

/** "98 kB", "3.1 MB" */
function bytes(value: number, language: Language): string {
  const [amount, unit] = value < 1e6 ? [Math.max(1, Math.round(value / 1e3)), 'kilobyte'] : [value / 1e6, 'megabyte']
  const format = { style: 'unit', unit, maximumFractionDigits: 1 } as const
  return amount.toLocaleString(language === 'ar' ? 'ar-u-nu-latn' : 'en', format)
}
