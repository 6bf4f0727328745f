'use client'
/** Offers to open what belongs to another facility, where a search ended there. */
import { useState } from 'react'
import { attemptsFor } from '@/components/find/attempts'
import { codeOf } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { call } from '@/lib/api/call'
import type { OpeningReason } from '@/lib/openings/answers'
import { LaterReasonDialog } from './later-reason-dialog'
import { words } from './words'

interface OpenWithReasonProps {
  /** What was typed into the search, or a certificate number. */
  typed: string
  scanned?: boolean
  onOpened: () => void
}

export function OpenWithReason({ typed, scanned = false, onOpened }: OpenWithReasonProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <p>{words.open.next}</p>
      <Button className="mt-3" onClick={() => setAsking(true)}>
        {words.open.offer}
      </Button>
      <LaterReasonDialog
        open={asking}
        onClose={() => setAsking(false)}
        words={words.open}
        onSend={async (asked) => {
          await openTyped(typed, scanned, asked)
          onOpened()
        }}
      />
    </>
  )
}

/** The typed text means what it means to the search: the first reading of it that names another facility's record. */
async function openTyped(
  typed: string,
  scanned: boolean,
  asked: { reason: OpeningReason; note: string },
): Promise<void> {
  const attempts = scanned ? [{ certificateId: typed }] : attemptsFor(typed)
  let refused: unknown
  for (const attempt of attempts) {
    const named =
      'certificateId' in attempt
        ? { certificateId: attempt.certificateId }
        : { preEnrollmentCode: attempt.preEnrollmentCode }
    try {
      await call('POST /v3/openings', { body: { ...named, ...asked } })
      return
    } catch (error) {
      if (codeOf(error) !== 'NOT_FOUND') throw error
      refused = error
    }
  }
  throw refused
}
