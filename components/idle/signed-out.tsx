'use client'
/** In place of the page when the session is over: nothing of anybody, and the way back. */
import { useEffect, useRef } from 'react'
import { Wordmark } from '@/components/header/wordmark'
import { buttonClass } from '@/components/ui/button'
import { signInAddress } from './sign-in-address'
import { idleWords } from './words'

export function SignedOut({ idle }: { idle: boolean }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <main className="grid min-h-dvh place-items-center px-6">
      <div className="w-full max-w-sm">
        <Wordmark large />
        <h1 ref={title} tabIndex={-1} className="mt-6 text-2xl">
          {idleWords.over}
        </h1>
        <p className="mt-1 text-ink-2">{idle ? idleWords.overLead : idleWords.overElsewhere}</p>
        {/* The page goes there by itself; this is for when it cannot. */}
        <a href={signInAddress()} className={`mt-6 ${buttonClass('main')}`}>
          {idleWords.signInAgain}
        </a>
      </div>
    </main>
  )
}
