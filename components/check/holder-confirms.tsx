'use client'
/** Beside the holder's word: the holder sees the changes on the own phone, and the answer arrives here. */
import { Check, CircleAlert, Eye, Hourglass, Smartphone, type LucideIcon } from 'lucide-react'
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Value } from '@/components/ui/value'
import { useType } from '@/components/type-in-force'
import { fieldsOf } from '@/lib/certificate-types/type'
import { holderWords as words } from './holder-words'
import type { HolderConfirmation, HolderState } from './use-holder-confirmation'

interface HolderConfirmsProps {
  holder: HolderConfirmation
  /** Back to the form, to a field. */
  onCorrect: (path: string) => void
}

export function HolderConfirms({ holder, onCorrect }: HolderConfirmsProps) {
  const panel = useRef<HTMLElement>(null)
  const shown = holder.state !== 'none'
  useEffect(() => {
    // The button that was pressed is gone: who works with the keyboard goes on here.
    if (shown) panel.current?.focus({ preventScroll: true })
  }, [shown])
  if (!shown) {
    return (
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-5 py-4 sm:px-6">
        <Button onClick={holder.ask}>
          <Smartphone aria-hidden className="size-4" />
          {words.ask}
        </Button>
        <p className="min-w-0 flex-[1_1_16rem] text-sm text-ink-2">{words.askHint}</p>
      </div>
    )
  }
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-labelledby="holder-checks"
      className="border-t border-line px-5 py-4 outline-none focus-visible:shadow-none sm:px-6"
    >
      <h2 id="holder-checks" className="text-xs tracking-[0.06em] text-ink-3 uppercase">
        {words.title}
      </h2>
      <div className="mt-3 flex flex-wrap items-start gap-x-6 gap-y-4">
        {holder.url && (
          <div className="rounded-control bg-white p-3 shadow-sheet">
            <QRCodeSVG
              value={holder.url}
              title={words.qrAlt}
              level="M"
              marginSize={2}
              className="block size-44"
              data-testid="holder-code"
            />
          </div>
        )}
        <div className="min-w-0 flex-[1_1_16rem]">
          <Status holder={holder} />
          {holder.state === 'wrong' && <Marked holder={holder} onCorrect={onCorrect} />}
          <Actions holder={holder} />
        </div>
      </div>
    </section>
  )
}

const LOOK: Record<Exclude<HolderState, 'none'>, { icon: LucideIcon; ink: string; says: string }> = {
  asking: { icon: Hourglass, ink: 'text-act', says: words.asking },
  waiting: { icon: Hourglass, ink: 'text-act', says: words.waiting },
  opened: { icon: Eye, ink: 'text-act', says: words.opened },
  right: { icon: Check, ink: 'text-ok', says: words.right },
  wrong: { icon: CircleAlert, ink: 'text-stop', says: words.wrong },
  expired: { icon: Hourglass, ink: 'text-warn', says: words.expired },
  outdated: { icon: CircleAlert, ink: 'text-warn', says: words.outdated },
  failed: { icon: CircleAlert, ink: 'text-stop', says: words.failed },
}

function Status({ holder }: { holder: HolderConfirmation }) {
  const { icon: Icon, ink, says } = LOOK[holder.state as keyof typeof LOOK]
  const counting = holder.state === 'waiting' || holder.state === 'opened'
  return (
    <>
      {holder.url && <p className="text-[0.9375rem]">{words.scan}</p>}
      <p role="status" className="mt-2 flex items-start gap-2.5 font-semibold first:mt-0">
        <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${ink}`} />
        {says}
      </p>
      {counting && (
        <p className="numbers mt-1 text-sm text-ink-2" role="timer">
          {words.timeLeft(clock(holder.secondsLeft))}
        </p>
      )}
      {holder.lost && <p className="mt-1 text-sm text-warn">{words.lost}</p>}
    </>
  )
}

function Marked({ holder, onCorrect }: HolderConfirmsProps) {
  const type = useType()
  return (
    <ul className="mt-3 space-y-3">
      {holder.marked.map(({ path, note }) => {
        const label = fieldsOf(type).find((field) => field.path === path)?.label ?? path
        return (
          <li key={path} className="border-s-4 border-stop ps-3">
            <span className="font-semibold">{label}</span>
            {note !== '' && (
              <span className="block text-[0.9375rem] text-ink-2">
                {words.holderSays} <Value>{note}</Value>
              </span>
            )}
            <button type="button" className="link min-h-6 text-[0.9375rem]" onClick={() => onCorrect(path)}>
              {words.correct} <span className="sr-only">{label}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Actions({ holder }: { holder: HolderConfirmation }) {
  const again: Partial<Record<HolderState, string>> = {
    expired: words.fresh,
    outdated: words.again,
    wrong: words.again,
    failed: words.fresh,
  }
  const label = again[holder.state]
  const row: ReactNode[] = []
  if (label)
    row.push(
      <Button key="again" onClick={holder.ask}>
        {label}
      </Button>,
    )
  if (holder.state !== 'right') {
    row.push(
      <Button key="cancel" onClick={holder.cancel}>
        {words.cancel}
      </Button>,
    )
  }
  return row.length > 0 ? <div className="mt-3 flex flex-wrap gap-2">{row}</div> : null
}

/** 67 as "1:07". */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
