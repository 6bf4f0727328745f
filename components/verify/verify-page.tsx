'use client'
/** Check a certificate: scan, open or paste; the verdict; the next one. */
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { LANGUAGE_COOKIE, languageOf } from '@/components/language'
import { useLanguage, useSpeak, useWords } from '@/components/public/language-provider'
import { Scanner } from '@/components/scan/scanner'
import { Button } from '@/components/ui/button'
import type { Sources } from '@/lib/verification/verify'
import { chooseSound, give, soundChosen } from './feedback'
import { CLOCK_TOLERANCE_MS } from './list-age'
import { OfflinePanel } from './offline-panel'
import { useCheck } from './use-check'
import { useOffline, type Offline } from './use-offline'
import { toneOf, VerdictCard } from './verdict-card'
import { verifyWords } from './words'

interface VerifyPageProps {
  issuer: string
  timeZone: string
  own: Sources['own']
  /** What certificates show besides what they always show. */
  kinds: Sources['kinds']
  /** The page can be kept for places without a connection. */
  keepable: boolean
}

export function VerifyPage({ issuer, timeZone, own, kinds, keepable }: VerifyPageProps) {
  const words = useWords(verifyWords)
  const { checking, checked, cleared, left, check, keep, next, sources, reached } = useCheck(own, kinds)
  const offline = useOffline(sources, reached)
  useLanguageOfTheCookie()
  const [byCamera, setByCamera] = useState(false)
  const [sound, setSound] = useSound()
  const title = useRef<HTMLHeadingElement>(null)
  const again = useRef<HTMLButtonElement>(null)

  // Space works from the moment on at which a verdict can be seen.
  useLayoutEffect(() => {
    if (checked) {
      window.scrollTo({ top: 0 })
      again.current?.focus({ preventScroll: true })
    }
  }, [checked])

  const goOn = () => {
    next()
    title.current?.focus({ preventScroll: true })
  }

  // Space goes on to the next one, wherever the focus is, except on something that Space presses.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (event.key !== ' ' || !checked || target.closest('button, a, input, textarea, select, [role="button"]')) return
      event.preventDefault()
      goOn()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  })

  return (
    <>
      <h1 ref={title} tabIndex={-1}>
        {words.title}
      </h1>
      <p className="mt-1 text-ink-2">{words.lead}</p>
      <div className="mt-5">
        {!checked && (
          <Scanner
            startAtOnce={byCamera && !cleared}
            busy={checking}
            onScan={(text, by) => {
              if (checking) return
              setByCamera(by === 'camera')
              void check(text).then((result) => result && sound && give(toneOf(result.verdict)))
            }}
          />
        )}
        <div role="status">
          {checked && (
            <VerdictCard {...checked} issuer={issuer} timeZone={timeZone} clockIsWrong={isWrong(offline.list)} />
          )}
          {checking && <span className="sr-only">{words.checking}</span>}
          {cleared && <p className="mt-4 text-center text-sm text-ink-2">{words.cleared}</p>}
          {checked && left !== null && <p className="sr-only">{words.clears}</p>}
        </div>
        {checked && (
          <div className="mt-4 flex flex-col gap-2 bg-paper max-sm:sticky max-sm:bottom-0 max-sm:-mx-4 max-sm:border-t max-sm:border-line max-sm:px-4 max-sm:pt-3 max-sm:pb-2">
            <Button ref={again} kind="main" className="min-h-14 w-full text-base" onClick={goOn}>
              {words.next}
              <span className="font-normal opacity-80 max-sm:hidden">({words.nextKey})</span>
            </Button>
            {left === null ? (
              <p className="text-center text-sm text-ink-2">{words.kept}</p>
            ) : (
              <div className="flex items-center justify-center gap-3 text-sm text-ink-2">
                <span aria-hidden className="numbers">
                  {words.clearsIn(left)}
                </span>
                <Button kind="quiet" onClick={keep}>
                  {words.keep}
                </Button>
              </div>
            )}
          </div>
        )}
        <label className="mt-5 flex min-h-11 items-center justify-center gap-3 text-sm text-ink-2">
          <input
            type="checkbox"
            className="size-5 accent-(--act)"
            checked={sound}
            onChange={({ target }) => setSound(target.checked)}
          />
          {words.sound}
        </label>
        {!checked && <OfflinePanel offline={offline} timeZone={timeZone} keepable={keepable} />}
      </div>
    </>
  )
}

/** The clock of this device, as the registry's answer showed. */
function isWrong(list: Offline['list']): boolean {
  return list !== null && Math.abs(list.clockBehind) > CLOCK_TOLERANCE_MS
}

/** A kept page speaks the language in which it was kept; the reader may have chosen another one since. */
function useLanguageOfTheCookie(): void {
  const language = useLanguage()
  const speak = useSpeak()
  useEffect(() => {
    const chosen = languageOf(new RegExp(`(?:^|; )(?:__Host-)?${LANGUAGE_COOKIE}=(\\w+)`).exec(document.cookie)?.[1])
    if (chosen && chosen !== language) speak(chosen)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the page comes
  }, [])
}

/** Whether sounds are on, as kept on this device. */
function useSound(): [boolean, (on: boolean) => void] {
  const kept = useSyncExternalStore(
    () => () => {},
    soundChosen,
    () => false,
  )
  const [chosen, setChosen] = useState<boolean | null>(null)
  return [
    chosen ?? kept,
    (on) => {
      chooseSound(on)
      setChosen(on)
    },
  ]
}
