'use client'
/** Finds a certificate by scanning it: the button. The code itself is never sent. */
import { ScanLine } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { useOpener } from '@/components/ui/use-opener'
import { oldCertificateWords as words } from './old-certificate-words'

interface OldCertificateProps {
  /** Called with the certificate number. */
  onFound: (certificateId: string) => void
  disabled?: boolean
}

export function OldCertificate({ onFound, disabled }: OldCertificateProps) {
  const { button, part, opened } = useOpener(scanDialog)
  return (
    <>
      <Button {...button} disabled={disabled}>
        <ScanLine aria-hidden className="size-4" />
        {words.open}
      </Button>
      {part && <part.ScanDialog onFound={onFound} opened={opened} />}
    </>
  )
}

function scanDialog() {
  return import('./scan-dialog')
}
