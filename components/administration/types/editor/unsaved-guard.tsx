'use client'
/** Keeps what is not kept yet before the page is left, and asks where that cannot be done. */
import { useEffect, useState } from 'react'
import { ConfirmDialog } from '@/components/administration/confirm-dialog'
import { useFlow } from '@/components/flow'
import { words } from '../words'

export function UnsavedGuard({ unsaved, flush }: { unsaved: boolean; flush: () => Promise<string | null> }) {
  const { setGuard } = useFlow()
  const [asked, setAsked] = useState<{ go: () => void } | null>(null)
  useEffect(() => {
    if (!unsaved) return
    setGuard((go) => {
      void flush().then((kept) => {
        if (kept === null) return setAsked({ go })
        setGuard(null)
        go()
      })
    })
    const stop = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', stop)
    return () => {
      setGuard(null)
      removeEventListener('beforeunload', stop)
    }
  }, [unsaved, flush, setGuard])
  const question = asked && {
    title: words.editor.leaveTitle,
    body: words.editor.leaveBody,
    action: words.editor.leave,
    onConfirm: () => {
      setGuard(null)
      asked.go()
    },
  }
  return <ConfirmDialog question={question} onClose={() => setAsked(null)} />
}
