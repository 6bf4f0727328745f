/** How well the QR code will scan, in a picture, a word and numbers. */
import type { ReactNode } from 'react'
import { Facts } from '@/components/ui/facts'
import { Skeleton } from '@/components/ui/skeleton'
import { words } from '@/components/words'

interface QrFigures {
  version: number
  ecc: 'M' | 'L'
  bytes: number
  printMillimetres: number
}

/** RSA certificates are version 33 to 36 by nature and scan well; from here on, or with less error correction, a cheap phone has trouble. */
const DENSE = 38

export function QrMeter({ qr, picture }: { qr: QrFigures | 'too large' | 'unknown' | undefined; picture: ReactNode }) {
  const dense = typeof qr === 'object' && (qr.ecc === 'L' || qr.version >= DENSE)
  if (qr === 'unknown') return <div className="min-h-28 border-t border-line" />
  return (
    <div className="flex min-h-28 items-center gap-4 border-t border-line px-5 py-3">
      <div className="grid size-20 shrink-0 place-items-center overflow-hidden rounded-[4px] bg-white shadow-sheet">
        {picture ?? <Skeleton className="size-16 rounded-none" />}
      </div>
      {qr === undefined ? (
        <div className="flex-1 space-y-2">
          <Skeleton className="h-5 w-44" />
          <Skeleton className="h-4 w-56 max-w-full" />
        </div>
      ) : qr === 'too large' ? (
        <div role="status">
          <p className="font-semibold text-stop">{words.preview.tooLarge}</p>
          <p className="text-sm text-ink-2">{words.preview.tooLargeNext}</p>
        </div>
      ) : (
        <div className="min-w-0">
          <p className={`text-[0.9375rem] font-semibold ${dense ? 'text-warn' : ''}`}>
            {dense ? words.preview.dense : words.preview.scansWell}
          </p>
          <Facts className="numbers text-xs text-ink-3">
            {words.preview.meter(qr.version, qr.bytes, qr.printMillimetres).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          </Facts>
          <Scale dense={dense} filled={Math.min(1, qr.bytes / 2953)} />
        </div>
      )}
    </div>
  )
}

/** How full the code is. The words say the same. */
function Scale({ dense, filled }: { dense: boolean; filled: number }) {
  return (
    <span aria-hidden className="mt-2 block h-1 w-40 overflow-hidden rounded-full bg-line">
      <span
        className={`block h-full rounded-full ${dense ? 'bg-warn' : 'bg-ok'}`}
        style={{ width: `${Math.round(filled * 100)}%` }}
      />
    </span>
  )
}
