'use client'
/** Opens the QR code large enough to be scanned from the screen. */
import { QrCode } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { useOpener } from '@/components/ui/use-opener'
import { words } from '@/components/words'

export function ShowQr({ certificateId, detail }: { certificateId: string; detail: string[] }) {
  const { button, part, opened } = useOpener(qrDialog)
  return (
    <>
      <button {...button} className={buttonClass('quiet', 'small')}>
        <QrCode aria-hidden className="size-4" />
        {words.record.showQr}
      </button>
      {part && <part.QrDialog certificateId={certificateId} detail={detail} opened={opened} />}
    </>
  )
}

function qrDialog() {
  return import('./qr-dialog')
}
