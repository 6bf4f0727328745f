'use client'
/** Opens what asks how a certificate is to be printed. */
import { Printer } from 'lucide-react'
import { buttonClass, type ButtonKind } from '@/components/ui/button'
import { useOpener } from '@/components/ui/use-opener'
import { printWords as words } from './words'

interface PrintButtonProps {
  certificateId: string
  /** Whether this is the current certificate of its dose. */
  current: boolean
  kind?: ButtonKind
  /** Names the certificate where a page has several. */
  of?: string
}

export function PrintButton({ certificateId, current, kind = 'second', of }: PrintButtonProps) {
  const { button, part, opened } = useOpener(printDialog)
  return (
    <>
      <button {...button} className={buttonClass(kind)}>
        <Printer aria-hidden className="size-4" />
        {words.open}
        {of && <span className="sr-only"> {of}</span>}
      </button>
      {part && <part.PrintDialog certificateId={certificateId} current={current} opened={opened} />}
    </>
  )
}

function printDialog() {
  return import('./print-dialog')
}
