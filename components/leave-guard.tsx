'use client'
/** Asks before a correction that was begun is lost: on links, on sign-out, on closing the window. */
import { AlertDialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useFlow } from '@/components/flow'
import { buttonClass } from '@/components/ui/button'
import { words } from '@/components/words'

interface LeaveGuardProps {
  /** Is there something to lose? */
  active: boolean
  /** Forgets it. */
  onDiscard: () => void
}

export function LeaveGuard({ active, onDiscard }: LeaveGuardProps) {
  const { setGuard } = useFlow()
  const [asked, setAsked] = useState<{ go: () => void } | null>(null)
  useEffect(() => {
    if (!active) return
    setGuard((go) => setAsked({ go }))
    const unload = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', unload)
    return () => {
      setGuard(null)
      removeEventListener('beforeunload', unload)
    }
  }, [active, setGuard])
  return (
    <AlertDialog.Root open={asked !== null} onOpenChange={(open) => !open && setAsked(null)}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <AlertDialog.Content className="sheet fixed top-1/2 left-1/2 z-50 w-[min(92vw,28rem)] -translate-1/2 p-6 shadow-lift">
          <AlertDialog.Title className="font-serif text-xl leading-snug font-semibold">
            {words.leave.title}
          </AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{words.leave.body}</AlertDialog.Description>
          <div className="mt-6 flex justify-end gap-3 max-sm:flex-col-reverse">
            <AlertDialog.Action
              className={buttonClass('stop')}
              onClick={() => {
                setGuard(null)
                onDiscard()
                asked?.go()
              }}
            >
              {words.leave.go}
            </AlertDialog.Action>
            <AlertDialog.Cancel className={buttonClass('main')}>{words.leave.stay}</AlertDialog.Cancel>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
