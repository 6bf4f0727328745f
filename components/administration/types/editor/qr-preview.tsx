'use client'
/** The QR code of the sample, and how much room the type needs in the worst case. */
import { QRCodeSVG } from 'qrcode.react'
import { Notice } from '@/components/ui/notice'
import type { CheckAnswer, TypePreview } from '@/lib/type-checks/answers'
import { words } from '../words'

export function QrPreview({ qr, sizes }: { qr: TypePreview['qr']; sizes: CheckAnswer['sizes'] }) {
  return (
    <div className="space-y-5 px-5 pb-5">
      <div className="mx-auto max-w-72 overflow-hidden rounded-[4px] bg-white shadow-sheet">
        <QRCodeSVG
          value={qr.value}
          level={qr.ecc}
          boostLevel={false}
          marginSize={4}
          title={words.preview.qrAlt}
          className="size-full"
        />
      </div>
      <p className="numbers text-center text-sm text-ink-2">{words.preview.qrFacts(qr.version, qr.printMillimetres)}</p>
      {sizes && <Sizes sizes={sizes} />}
    </div>
  )
}

function Sizes({ sizes: { usual, longest, room } }: { sizes: NonNullable<CheckAnswer['sizes']> }) {
  const widest = Math.max(room, longest)
  return (
    <>
      <dl className="space-y-3">
        <Bar label={words.preview.usual} bytes={usual} of={widest} colour={usual > room ? 'bg-stop' : 'bg-ok'} />
        <Bar label={words.preview.longest} bytes={longest} of={widest} colour={longest > room ? 'bg-warn' : 'bg-ok'} />
        <Bar label={words.preview.room} bytes={room} of={widest} colour="bg-act" />
      </dl>
      {longest > room ? (
        <Notice kind="warn" title={words.preview.tooLarge} />
      ) : (
        <Notice kind="ok" title={words.preview.fits} />
      )}
    </>
  )
}

function Bar({ label, bytes, of, colour }: { label: string; bytes: number; of: number; colour: string }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-3 gap-y-1 text-sm">
      <dt className="font-semibold">{label}</dt>
      <dd className="numbers text-ink-2">{words.preview.bytes(bytes)}</dd>
      <dd aria-hidden className="h-2 w-full overflow-hidden rounded-full bg-line">
        <span className={`block h-full rounded-full ${colour}`} style={{ width: `${(100 * bytes) / of}%` }} />
      </dd>
    </div>
  )
}
