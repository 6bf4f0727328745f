'use client'
/** What the registry says about a draft while it is written; the newest answer counts. */
import { useEffect, useState } from 'react'
import { call } from '@/lib/api/call'
import type { Draft } from '@/lib/certificate-types/draft'
import { placesIn } from '@/lib/certificate-types/json-text'
import type { CheckAnswer } from '@/lib/type-checks/answers'

const PAUSE_MS = 500

export type Finding = CheckAnswer['errors'][number]

export interface Checking {
  /** The last answer, also while the next one is waited for. */
  answer: CheckAnswer | null
  /** Whether the answer is about the draft as it is now. */
  fresh: boolean
  failed: boolean
}

/** Checks a draft half a second after its last change. */
export function useCheck(name: string, draft: Draft): Checking {
  const [state, setState] = useState<{ answer: CheckAnswer | null; of: Draft | null; failed: boolean }>({
    answer: null,
    of: null,
    failed: false,
  })
  useEffect(() => {
    const asking = new AbortController()
    const timer = setTimeout(() => {
      const wrong = wrongText(draft)
      if (wrong) return setState({ answer: wrong, of: draft, failed: false })
      call('POST /v3/types/{name}/check', { params: { name }, body: draft, signal: asking.signal }).then(
        (answer) => setState({ answer, of: draft, failed: false }),
        () => asking.signal.aborted || setState((before) => ({ ...before, failed: true })),
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [name, draft])
  return { answer: state.answer, fresh: state.of === draft, failed: state.failed }
}

/** What is no JSON is said here, with its line. */
function wrongText({ document }: Draft): CheckAnswer | null {
  const { wrong } = placesIn(document)
  return wrong && { errors: [{ path: '', message: wrong.message }], warnings: [], sizes: null }
}
