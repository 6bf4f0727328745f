'use client'
/** What an operator is in the middle of, in the memory of this page only: facility computers are shared, so nothing is stored. */
import { createContext, use, useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import type { FormValues } from '@/components/certificate-form/values'
import type { CertificateView, LineageView } from '@/lib/api/contract'

/** A correction that was begun and not sent. */
export interface Draft {
  /** The certificate as it was when the correction began. */
  base: CertificateView
  values: FormValues
  /** Sent with the request; made once for each check, so that trying again cannot replace twice. */
  attempt: string
  /** Values of an earlier try, shown beside the fields: path -> stored text. */
  yours?: Record<string, string>
  /** The form was passed without errors; only then the check page has something to check. */
  ready: boolean
}

export type Notice = 'reloaded' | 'startedAgain'

interface Flow {
  draftOf(certificateId: string): Draft | undefined
  keep(certificateId: string, draft: Draft): void
  drop(certificateId: string): void
  /** A sentence for the next page: set before going there, taken there. */
  leaveNotice(notice: Notice): void
  takeNotice(): Notice | null
  /** The field to go to when the form opens. */
  leaveFocus(path: string): void
  takeFocus(): string | null
  search: Search
  setSearch(search: Search): void
  /** What the correction asks before its page is left; null = leave freely. */
  guard: React.RefObject<((go: () => void) => void) | null>
  /** Goes somewhere, asking first when there is something to lose. */
  leave(go: () => void): void
}

/** What was typed into the find field and what came of it. */
export interface Search {
  typed: string
  outcome: { lineages: LineageView[] } | { error: unknown } | null
}

const FlowContext = createContext<Flow | null>(null)

export function FlowProvider({ children }: { children: ReactNode }) {
  const drafts = useRef(new Map<string, Draft>())
  const notice = useRef<Notice | null>(null)
  const focus = useRef<string | null>(null)
  const guard = useRef<((go: () => void) => void) | null>(null)
  const [search, setSearch] = useState<Search>({ typed: '', outcome: null })

  const leave = useCallback((go: () => void) => (guard.current ? guard.current(go) : go()), [])
  const flow = useMemo<Flow>(
    () => ({
      draftOf: (id) => drafts.current.get(id),
      keep: (id, draft) => void drafts.current.set(id, draft),
      drop: (id) => void drafts.current.delete(id),
      leaveNotice: (given) => void (notice.current = given),
      takeNotice: () => {
        const given = notice.current
        notice.current = null
        return given
      },
      leaveFocus: (path) => void (focus.current = path),
      takeFocus: () => {
        const path = focus.current
        focus.current = null
        return path
      },
      search,
      setSearch,
      guard,
      leave,
    }),
    [search, leave],
  )
  return <FlowContext value={flow}>{children}</FlowContext>
}

/** The correction and the search of this page. */
export function useFlow(): Flow {
  const flow = use(FlowContext)
  if (!flow) throw new Error('useFlow outside FlowProvider')
  return flow
}
