'use client'
/** The QR code as large as the phone, on white, for somebody else's scanner. */
import { QrCode, Sun, X } from 'lucide-react'
import { useRef } from 'react'
import { useWords } from '@/components/public/language-provider'
import { buttonClass } from '@/components/ui/button'
import { CertificateNumber } from '@/components/ui/value'
import { holderWords } from './words'

export function QrScreen({ svg, certificateId }: { svg: string; certificateId: string }) {
  const words = useWords(holderWords)
  const screen = useRef<HTMLDialogElement>(null)
  const awake = useRef<WakeLockSentinel | null>(null)
  const show = async () => {
    screen.current?.showModal()
    // The screen stays on while somebody scans it; a phone that cannot do that shows the code all the same.
    awake.current = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    if (!screen.current?.open) void awake.current?.release()
  }
  return (
    <>
      <button type="button" onClick={() => void show()} className={buttonClass('main')}>
        <QrCode aria-hidden className="size-4" />
        {words.status.showQr}
      </button>
      <dialog
        ref={screen}
        aria-labelledby="qr-screen-title"
        onClose={() => void awake.current?.release()}
        className="m-0 size-full max-h-none max-w-none bg-white p-0 text-[#1b2430] [color-scheme:light]"
      >
        <div className="flex min-h-full flex-col items-center justify-center gap-3 px-3 py-16">
          <button
            type="button"
            aria-label={words.close}
            onClick={() => screen.current?.close()}
            className="absolute end-2 top-2 grid size-12 place-items-center rounded-control text-[#1b2430] outline-offset-2 focus-visible:outline-2 focus-visible:outline-[#1d4f6e]"
          >
            <X aria-hidden className="size-7" />
          </button>
          <h2 id="qr-screen-title" className="text-lg">
            {words.qr.title}
          </h2>
          {/* eslint-disable-next-line @next/next/no-img-element -- made by the registry, and also shown without a connection */}
          <img
            src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
            alt={words.qr.alt(certificateId)}
            className="aspect-square w-[min(94vw,calc(100dvh-13rem))]"
          />
          <p>
            <CertificateNumber id={certificateId} />
          </p>
          <p className="flex items-center gap-2">
            <Sun aria-hidden className="size-5 shrink-0" />
            {words.qr.bright}
          </p>
        </div>
      </dialog>
    </>
  )
}
