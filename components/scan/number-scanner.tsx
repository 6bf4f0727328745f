'use client'
/** The scanner of a dialog that wants a number alone: what unpacks a code comes with it, once somebody scans. */
import { numberIn } from '@/lib/verification/scanned'
import { Scanner } from './scanner'

interface NumberScannerProps {
  /** The number in a code, or why there is none. */
  onRead: (found: ReturnType<typeof numberIn>) => void
}

export function NumberScanner({ onRead }: NumberScannerProps) {
  return <Scanner onScan={(text) => onRead(numberIn(text))} />
}
