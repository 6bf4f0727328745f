'use client'
/** Asks what becomes of a correction that was begun: before links, signing out, and (where something is not saved) closing the window. */
import { useEffect, useRef, useState } from 'react'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { useFlow } from '@/components/flow'
import { useLater } from '@/components/ui/use-later'

interface LeaveGuardProps {
  /** Is there something to lose? */
  active: boolean
  /** Called before the page is left: with the draft kept on the server, or forgotten. */
  onLeave: () => void
}

export function LeaveGuard({ active, onLeave }: LeaveGuardProps) {
  const { setGuard } = useFlow()
  const keeper = useDraftKeeper()
  const [asked, setAsked] = useState<{ go: () => void } | null>(null)
  const [busy, setBusy] = useState<'save' | 'discard' | null>(null)
  const [failed, setFailed] = useState(false)
  const dialog = useLater(question, asked !== null)
  const cameFrom = useRef<Element | null>(null)
  useEffect(() => {
    if (!active) return
    setGuard((go) => {
      cameFrom.current = document.activeElement
      setFailed(false)
      setAsked({ go })
    })
    const unload = (event: BeforeUnloadEvent) => keeper.isUnsaved && event.preventDefault()
    addEventListener('beforeunload', unload)
    return () => {
      setGuard(null)
      removeEventListener('beforeunload', unload)
    }
  }, [active, setGuard, keeper])

  const leave = async (how: 'save' | 'discard') => {
    setBusy(how)
    const done = how === 'save' ? await keeper.flush() : await keeper.discard()
    setBusy(null)
    if (!done) return setFailed(true)
    if (how === 'save') keeper.close()
    setGuard(null)
    setAsked(null)
    onLeave()
    asked?.go()
  }
  return (
    dialog && (
      <dialog.LeaveDialog
        open={asked !== null}
        busy={busy}
        failed={failed}
        onStay={() => setAsked(null)}
        onLeave={(how) => void leave(how)}
        onClosed={() => {
          if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
        }}
      />
    )
  )
}

function question() {
  return import('./leave-dialog')
}
