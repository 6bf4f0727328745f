'use client'
/** Asks what becomes of a correction that was begun: before links, signing out, and (where something is not saved) closing the window. */
import { AlertDialog } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { useDraftKeeper } from '@/components/drafts/drafts-provider'
import { draftWords } from '@/components/drafts/words'
import { useFlow } from '@/components/flow'
import { Button, buttonClass } from '@/components/ui/button'

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
    <AlertDialog.Root open={asked !== null} onOpenChange={(open) => !open && setAsked(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <AlertDialog.Content
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
          }}
          className="sheet fixed top-1/2 left-1/2 z-50 w-[min(92vw,30rem)] -translate-1/2 p-6 shadow-lift"
        >
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">
            {draftWords.leave.title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{draftWords.leave.body}</AlertDialog.Description>
          <p role="alert" className="mt-3 text-sm font-semibold text-stop empty:hidden">
            {failed ? draftWords.leave.failed : ''}
          </p>
          <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse">
            <AlertDialog.Cancel className={buttonClass('quiet')}>{draftWords.leave.stay}</AlertDialog.Cancel>
            <Button kind="stop" busy={busy === 'discard'} onClick={() => void leave('discard')}>
              {draftWords.leave.discard}
            </Button>
            <Button kind="main" busy={busy === 'save'} onClick={() => void leave('save')}>
              {draftWords.leave.save}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
