'use client'
/** A draft while somebody writes it: kept on the server by itself, undone step by step, and what became of it meanwhile. */
import { useEffect, useRef, useState } from 'react'
import { codeOf } from '@/components/registry'
import { ApiError, call } from '@/lib/api/call'
import { isJson, type Draft } from '@/lib/certificate-types/draft'
import type { VersionView } from '@/lib/type-checks/answers'

/** After the last change. */
const PAUSE_MS = 900
const MOST_STEPS = 100

export type Keeping = 'kept' | 'waiting' | 'saving' | 'failed' | 'broken' | 'conflict' | 'gone' | 'refused'

export interface Editing {
  draft: Draft
  note: string
  keeping: Keeping
  /** Of the draft as it is kept. */
  checksum: string
  /** What somebody else made of it; null while nobody did. */
  theirs: VersionView | null
  put(next: Draft): void
  setNote(note: string): void
  /** Takes the last change back; null when there is none. */
  undo: (() => void) | null
  /** Keeps it now; answers the checksum, null when it could not be kept. */
  flush(): Promise<string | null>
  takeTheirs(): void
  keepMine(): void
}

interface Content {
  draft: Draft
  note: string
}

/** Runs the editing of a draft as it was read. */
export function useEditing(first: VersionView): Editing {
  const params = { name: first.name, version: first.version }
  const [content, setContent] = useState<Content>(contentOf(first))
  const [steps, setSteps] = useState<Draft[]>([])
  const [keeping, setKeeping] = useState<Keeping>('kept')
  const [checksum, setChecksum] = useState(first.checksum)
  const [theirs, setTheirs] = useState<VersionView | null>(null)
  const now = useRef({ content, kept: content, checksum: first.checksum })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sending = useRef<Promise<string | null> | null>(null)
  useEffect(() => () => clearTimeout(timer.current), [])

  const write = (next: Content) => {
    now.current.content = next
    setContent(next)
    setKeeping('waiting')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), PAUSE_MS)
  }
  const adopt = (view: VersionView) => {
    clearTimeout(timer.current)
    const read = contentOf(view)
    now.current = { content: read, kept: read, checksum: view.checksum }
    setContent(read)
    setSteps([])
    setChecksum(view.checksum)
    setTheirs(null)
    setKeeping('kept')
  }
  // One after the other: each is written upon the one before.
  const flush = async (): Promise<string | null> => {
    clearTimeout(timer.current)
    while (sending.current) await sending.current
    const { content: mine, kept } = now.current
    if (mine === kept) return now.current.checksum
    sending.current = send(mine).finally(() => (sending.current = null))
    return sending.current
  }
  const send = async (mine: Content): Promise<string | null> => {
    if (!isObject(mine.draft.document)) {
      setKeeping('broken')
      return null
    }
    setKeeping('saving')
    try {
      const body = { ...mine.draft, note: mine.note, checksum: now.current.checksum }
      const answer = await call('PUT /v3/types/{name}/versions/{version}', { params, body })
      now.current.kept = mine
      now.current.checksum = answer.checksum
      setChecksum(answer.checksum)
      setTheirs(null)
      setKeeping(now.current.content === mine ? 'kept' : 'waiting')
      return answer.checksum
    } catch (error) {
      const code = codeOf(error)
      if (code === 'STALE_VERSION')
        setTheirs(await call('GET /v3/types/{name}/versions/{version}', { params }).catch(() => null))
      setKeeping(
        code === 'STALE_VERSION'
          ? 'conflict'
          : code === 'NOT_FOUND'
            ? 'gone'
            : error instanceof ApiError && error.status < 500
              ? 'refused'
              : 'failed',
      )
      return null
    }
  }
  return {
    draft: content.draft,
    note: content.note,
    keeping,
    checksum,
    theirs,
    put(draft) {
      setSteps((before) => [...before.slice(1 - MOST_STEPS), content.draft])
      write({ ...now.current.content, draft })
    },
    setNote: (note) => write({ ...now.current.content, note }),
    undo:
      steps.length === 0
        ? null
        : () => {
            setSteps(steps.slice(0, -1))
            write({ ...now.current.content, draft: steps.at(-1)! })
          },
    flush,
    takeTheirs: () => theirs && adopt(theirs),
    keepMine() {
      if (!theirs) return
      now.current.checksum = theirs.checksum
      void flush()
    },
  }
}

function contentOf({ document, files, note }: VersionView): Content {
  return { draft: { document, files }, note }
}

function isObject(document: string): boolean {
  try {
    return isJson(JSON.parse(document))
  } catch {
    return false
  }
}
