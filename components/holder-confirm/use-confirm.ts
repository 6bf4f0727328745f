'use client'
/** Opens a code once, counts its time down, and sends the answer. */
import { useEffect, useRef, useState } from 'react'
import { ask, type Asked } from '@/components/public/ask'
import type { ChangesToConfirm, MarkedField } from '@/lib/desk/answers'

export type Verdict = 'right' | 'wrong'

type Stage =
  | { at: 'loading' }
  /** The code could not be asked for: try again. */
  | { at: 'away'; unreachable: boolean }
  | { at: 'open'; shown: ChangesToConfirm; until: number }
  | { at: 'done'; verdict: Verdict }
  | { at: 'over' | 'unusable' | 'tooMany' }

export interface Confirm {
  stage: Stage
  /** Only while open. */
  secondsLeft: number
  sending: boolean
  /** The answer did not arrive; it can be sent again. */
  failed: 'unreachable' | 'busy' | null
  load: () => void
  send: (answer: { verdict: 'right' } | { verdict: 'wrong'; marked: MarkedField[] }) => void
}

/** One code on this phone. What it showed leaves the memory of the page when it is answered or its time is over. */
export function useConfirm(token: string): Confirm {
  const [stage, setStage] = useState<Stage>({ at: 'loading' })
  const [secondsLeft, setSecondsLeft] = useState(0)
  const [sending, setSending] = useState(false)
  const [failed, setFailed] = useState<Confirm['failed']>(null)
  const path = `/v3/confirm/${encodeURIComponent(token)}`

  const load = async () => {
    const asked = await ask<ChangesToConfirm>('GET', path)
    if (!asked.ok) return setStage(stageOf(asked))
    const { secondsLeft } = asked.value
    setSecondsLeft(secondsLeft)
    setStage({ at: 'open', shown: asked.value, until: performance.now() + secondsLeft * 1000 })
  }
  const begun = useRef(false)
  useEffect(() => {
    // The code opens once: a second request on its heels would not carry the first one's cookie yet.
    if (begun.current) return
    begun.current = true
    void load()
  })
  const until = stage.at === 'open' ? stage.until : null
  useEffect(() => {
    if (until === null) return
    const timer = setInterval(() => {
      const left = Math.ceil((until - performance.now()) / 1000)
      if (left > 0) setSecondsLeft(left)
      else setStage({ at: 'over' })
    }, 250)
    return () => clearInterval(timer)
  }, [until])

  const send: Confirm['send'] = async (answer) => {
    setSending(true)
    setFailed(null)
    const asked = await ask('POST', path, { body: answer })
    setSending(false)
    if (asked.ok) return setStage({ at: 'done', verdict: answer.verdict })
    const refused = stageOf(asked)
    if (refused.at === 'away') setFailed(refused.unreachable ? 'unreachable' : 'busy')
    else setStage(refused)
  }
  return { stage, secondsLeft, sending, failed, load: () => void load(), send: (answer) => void send(answer) }
}

function stageOf({ code }: Extract<Asked<unknown>, { ok: false }>): Stage {
  if (code === 'NOT_FOUND') return { at: 'unusable' }
  if (code === 'TOO_MANY_ATTEMPTS') return { at: 'tooMany' }
  return { at: 'away', unreachable: code === 'UNREACHABLE' }
}
