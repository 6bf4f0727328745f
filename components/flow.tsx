'use client'
/** What an operator is in the middle of, in the memory of this page; what has to outlive it is a draft on the server, because facility computers are shared. */
import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import type { FormValues } from '@/components/certificate-form/values'
import type { Found } from '@/components/find/look-up'
import type { CertificateView, PreviewAnswer } from '@/lib/api/contract'

/** A correction that was begun and not sent. */
export interface Draft {
  /** The certificate as it was when the correction began. */
  base: CertificateView
  values: FormValues
  /** Sent with the request; made once for each check, so that trying again cannot replace twice. */
  attempt: string
  /** It was begun before: when its draft was saved (an instant). */
  restoredAt?: string
  /** The dose that the certificate is to be moved to. */
  moveTo?: number
  /** What the registry said of exactly this correction beside the form, where it had said it by then. */
  noticed?: Pick<PreviewAnswer, 'approval' | 'warnings'>
  /** The form was passed without errors; only then the check page has something to check. */
  ready: boolean
}

export type Notice = 'reloaded' | 'mergedOdd'

/** Something one page leaves for the next. */
export interface Left {
  /** A sentence to show. */
  notice?: Notice
  /** Path of the field or group to go to. */
  focus?: string
  /** What was done, as a sentence. */
  said?: string
}

interface Flow {
  draftOf(certificateId: string): Draft | undefined
  keep(certificateId: string, draft: Draft): void
  drop(certificateId: string): void
  /** Leaves something for the next page, or (with {}) takes it away. */
  leaveBehind(left: Left): void
  leftBehind(): Left
  search: Search
  setSearch(search: Search): void
  /** Sets what a page asks before it is left; null = leave freely. */
  setGuard(guard: Guard | null): void
  isGuarded(): boolean
  /** Goes somewhere, asking first when there is something to lose. */
  leave(go: () => void): void
}

type Guard = (go: () => void) => void

/** What was typed into the find field and what came of it. */
export interface Search {
  typed: string
  /** It is the number of a certificate that was scanned. */
  scanned: boolean
  outcome: Found | { error: unknown } | null
}

const FlowContext = createContext<Flow | null>(null)

export function FlowProvider({ children }: { children: ReactNode }) {
  const [memory] = useState(() => new Memory())
  const [search, setSearch] = useState<Search>({ typed: '', scanned: false, outcome: null })
  const flow = useMemo<Flow>(
    () => ({
      draftOf: (id) => memory.drafts.get(id),
      keep: (id, draft) => void memory.drafts.set(id, draft),
      drop: (id) => void memory.drafts.delete(id),
      leaveBehind: (left) => memory.leaveBehind(left),
      leftBehind: () => memory.leftBehind(),
      search,
      setSearch,
      setGuard: (guard) => memory.setGuard(guard),
      isGuarded: () => memory.isGuarded(),
      leave: (go) => memory.leave(go),
    }),
    [search, memory],
  )
  return <FlowContext value={flow}>{children}</FlowContext>
}

/** What may change without anything being drawn again. */
class Memory {
  readonly drafts = new Map<string, Draft>()
  private left: Left = {}
  private guard: Guard | null = null

  leaveBehind(left: Left): void {
    this.left = left
  }

  leftBehind(): Left {
    return this.left
  }

  setGuard(guard: Guard | null): void {
    this.guard = guard
  }

  isGuarded(): boolean {
    return this.guard !== null
  }

  leave(go: () => void): void {
    if (this.guard) this.guard(go)
    else go()
  }
}

/** The correction and the search of this page. */
export function useFlow(): Flow {
  const flow = use(FlowContext)
  if (!flow) throw new Error('useFlow outside FlowProvider')
  return flow
}
