'use client'
/** The certificate beside the form: as it is, and as it would be. */
import { QRCodeSVG } from 'qrcode.react'
import { Tabs } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { PagePicture, pictureAddress } from '@/components/certificate/page-picture'
import { Noticed } from '@/components/noticed'
import { codeOf, documentOf, usePreview } from '@/components/registry'
import { words } from '@/components/words'
import type { CertificateView } from '@/lib/api/contract'
import { QrMeter } from './qr-meter'

interface PreviewPaneProps {
  certificate: CertificateView
  /** The request item as typed so far, without the reason. */
  item: unknown
  changed: boolean
}

const TAB =
  'min-h-9 rounded-control px-3.5 text-sm font-semibold text-ink-2 hover:text-act data-[state=active]:bg-act-soft data-[state=active]:text-act'

/** Beside the form the whole pane has to fit between the header and the bar at the bottom. */
const SHEET = 'mx-auto max-w-[21rem] desk:max-w-[clamp(15rem,calc((100dvh-30rem)*0.707),21rem)]'

export function PreviewPane({ certificate, item, changed }: PreviewPaneProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  // Until somebody chooses: the certificate as it is, and from the first change on as it would be.
  const tab = chosen ?? (changed ? 'after' : 'before')
  const settled = useSettled(item, 400)
  const preview = usePreview(settled, certificate.certificateId, changed || chosen === 'after')
  const waiting = preview.isFetching || settled !== item
  // While the details are not complete the last picture stays, paler.
  const [shown, setShown] = useState(preview.data)
  if (preview.data && preview.data !== shown) setShown(preview.data)
  const svg = shown?.pictures[0]
  const address = useMemo(() => pictureAddress(svg), [svg])
  const code = codeOf(preview.error)
  const tooLarge = code === 'TOO_LARGE_FOR_QR'
  const trouble = !preview.error
    ? null
    : tooLarge
      ? null
      : ['VALIDATION_ERROR', 'MISSING_FIELDS', 'UNSUPPORTED_CHARACTER'].includes(code)
        ? words.preview.incomplete
        : words.preview.unavailable
  return (
    <Tabs.Root value={tab} onValueChange={setChosen} className="sheet overflow-hidden">
      <div className="flex items-center justify-between gap-3 border-b border-line px-3 py-2">
        <Tabs.List aria-label={words.preview.title} className="flex gap-1">
          <Tabs.Trigger value="before" className={TAB}>
            {words.preview.before}
          </Tabs.Trigger>
          <Tabs.Trigger value="after" className={TAB}>
            {words.preview.after}
          </Tabs.Trigger>
        </Tabs.List>
        <p className="pe-1 text-xs text-ink-3">
          {tab === 'before'
            ? words.preview.asIssued
            : trouble || tooLarge
              ? ''
              : waiting
                ? words.preview.updating
                : preview.data
                  ? words.preview.updated
                  : ''}
        </p>
      </div>
      <Tabs.Content value="before" tabIndex={-1}>
        <div className="bg-desk px-6 py-6 sm:px-10 desk:py-5">
          <PagePicture
            src={documentOf.page(certificate.certificateId)}
            alt={words.preview.beforeAlt}
            missing={words.record.pictureMissing}
            className={SHEET}
          />
        </div>
        <QrMeter
          qr={certificate.qr}
          picture={
            // eslint-disable-next-line @next/next/no-img-element
            <img
              src={documentOf.qr(certificate.certificateId)}
              alt={words.record.qrAlt(certificate.certificateId)}
              className="size-full"
            />
          }
        />
      </Tabs.Content>
      <Tabs.Content value="after" tabIndex={-1}>
        <div className="relative bg-desk px-6 py-6 sm:px-10 desk:py-5">
          <PagePicture
            src={address}
            alt={words.preview.afterAlt}
            missing={words.preview.unavailable}
            className={`${SHEET} transition-opacity ${preview.error ? 'opacity-50' : waiting ? 'opacity-85' : ''}`}
          />
          <div role="status">
            {trouble && (
              <p className="sheet absolute inset-x-6 top-4 px-4 py-3 text-sm shadow-lift sm:inset-x-10">{trouble}</p>
            )}
          </div>
        </div>
        <QrMeter
          qr={tooLarge ? 'too large' : trouble ? 'unknown' : shown?.qr}
          picture={
            shown && !tooLarge && !trouble ? (
              <QRCodeSVG
                value={shown.qr.value}
                level={shown.qr.ecc}
                boostLevel={false}
                marginSize={4}
                title={words.preview.qrAlt}
                className="size-full"
              />
            ) : null
          }
        />
        {shown && !tooLarge && !trouble && <Noticed warnings={shown.warnings} className="px-5 py-3" />}
      </Tabs.Content>
    </Tabs.Root>
  )
}

/** The value once it has stayed the same for a while. Compared by content: a new object of the same content is the same. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), milliseconds)
    return () => clearTimeout(timer)
  }, [text, milliseconds])
  return JSON.stringify(settled) === text ? value : settled
}
