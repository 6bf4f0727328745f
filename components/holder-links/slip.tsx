'use client'
/** A slip of paper with the link, in both languages of the holder's page. Nothing on it says whose certificate it is. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { QRCodeSVG } from 'qrcode.react'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { LANGUAGES } from '@/components/language'
import { usePlace } from '@/components/place'
import { printsKey } from '@/components/print/use-prints'
import { dayOf } from '@/components/public/days'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { call } from '@/lib/api/call'
import type { MadeLink } from '@/lib/holders/answers'
import { linkWords, slipWords } from './words'

export function Slip({ link, certificateId }: { link: MadeLink; certificateId: string }) {
  const { paper } = usePlace()
  const queries = useQueryClient()
  const [printing, setPrinting] = useState(false)
  // Like every copy: what could not be counted is not printed.
  const count = useMutation({
    mutationFn: () =>
      call('POST /v3/certificates/{certificateId}/prints', {
        params: { certificateId },
        body: { kind: 'slip', paper, copies: 1 },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: printsKey(certificateId) })
      setPrinting(true)
    },
  })
  useEffect(() => {
    if (!printing) return
    const end = () => setPrinting(false)
    addEventListener('afterprint', end)
    print()
    return () => removeEventListener('afterprint', end)
  }, [printing])
  return (
    <>
      <Button kind="main" busy={count.isPending} onClick={() => count.mutate()}>
        <Printer aria-hidden className="size-4" />
        {linkWords.print}
      </Button>
      {count.error && <Notice kind="stop" live="alert" title={linkWords.printFailed} className="w-full" />}
      {printing && createPortal(<Paper link={link} certificateId={certificateId} />, document.body)}
    </>
  )
}

/** 180 mm wide and less than half a sheet high: whole on A4 and on Letter, and cut off with one cut. */
function Paper({ link, certificateId }: { link: MadeLink; certificateId: string }) {
  const { issuer, timeZone } = usePlace()
  return (
    <div data-slip className="hidden bg-white text-[#000] print:block">
      <div className="w-[180mm] max-w-full border border-[#000] p-[6mm]">
        <p className="text-[14pt] font-semibold">
          <bdi>{issuer}</bdi>
        </p>
        <div className="mt-[4mm] flex gap-[6mm]">
          <QRCodeSVG value={link.url} level="M" marginSize={4} className="size-[42mm] shrink-0" />
          <div className="min-w-0 flex-1 space-y-[4mm]">
            {(['en', 'ar'] as const).map((language) => {
              const words = slipWords[language]
              return (
                <div key={language} lang={language} dir={LANGUAGES[language].direction} className="text-[10pt]">
                  <p className="text-[12pt] font-semibold">{words.title}</p>
                  <p>{words.scan}</p>
                  <p>{words.asks}</p>
                  <p>
                    {words.ending(certificateId.slice(-3))}. {words.until(dayOf(link.expiresAt, language, timeZone))}.{' '}
                    {words.alone}
                  </p>
                </div>
              )
            })}
          </div>
        </div>
        <p className="mt-[4mm] text-center text-[12pt] font-semibold" dir="ltr">
          {/* Whoever types it need not type that it is safe. */}
          <bdi className="numbers">{link.url.replace(/^https:\/\//, '')}</bdi>
        </p>
      </div>
    </div>
  )
}
