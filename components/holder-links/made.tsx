'use client'
/** A link that was just made, the one time that its address is shown. */
import { Check, Copy } from 'lucide-react'
import { QRCodeSVG } from 'qrcode.react'
import { useState } from 'react'
import { dayOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import type { MadeLink } from '@/lib/holders/answers'
import { Slip } from './slip'
import { linkWords } from './words'

interface MadeProps {
  link: MadeLink
  certificateId: string
  onDone: () => void
}

export function Made({ link, certificateId, onDone }: MadeProps) {
  const { timeZone } = usePlace()
  const [copied, setCopied] = useState(false)
  const Icon = copied ? Check : Copy
  return (
    <div className="mt-3">
      <p className="font-semibold">
        {linkWords.made}, {linkWords.worksUntil(dayOf(link.expiresAt, timeZone))}
      </p>
      <p className="text-sm text-ink-2">{linkWords.onlyNow}</p>
      <div className="mt-3 flex flex-wrap items-start gap-5">
        <QRCodeSVG
          value={link.url}
          title={linkWords.qrAlt}
          role="img"
          level="M"
          marginSize={4}
          bgColor="#ffffff"
          fgColor="#000000"
          className="size-44 shrink-0 rounded-control"
        />
        <div className="min-w-0 flex-[1_1_14rem]">
          <p className="text-sm text-ink-3">{linkWords.address}</p>
          <p>
            <bdi dir="ltr" className="numbers select-all">
              {link.url}
            </bdi>
          </p>
          <p className="mt-2 text-sm text-ink-2">{linkWords.asks}</p>
        </div>
      </div>
      <div className="mt-4 flex flex-wrap gap-3">
        <Slip link={link} certificateId={certificateId} />
        <Button
          onClick={() => {
            // The clipboard exists only on secure origins; the address can be selected everywhere.
            void navigator.clipboard?.writeText(link.url).then(() => setCopied(true))
          }}
          onBlur={() => setCopied(false)}
        >
          <Icon aria-hidden className="size-4" />
          {copied ? linkWords.copied : linkWords.copy}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {linkWords.done}
        </Button>
      </div>
    </div>
  )
}
