'use client'
/** The certificate beside the form: as it is, and as it would be. */
import { Tabs } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { PagePicture, pictureAddress } from '@/components/certificate/page-picture'
import { Noticed } from '@/components/noticed'
import { codeOf, documentOf, usePreview } from '@/components/registry'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { CertificateView } from '@/lib/api/contract'
import { fieldsOf } from '@/lib/certificate-types/type'
import { valueAt } from '@/lib/certificates/record'
import { QrMeter } from './qr-meter'

interface PreviewPaneProps {
  certificate: CertificateView
  /** The request item as typed so far, without the reason. */
  item: unknown
  changed: boolean
}

/** A page is asked for when no key came for so long: after nearly every key, and never in the way of the QR code of the next one. */
const BETWEEN_KEYS_MS = 40
const NO_PAGES: [] = []
const PICTURES: ['pictures'] = ['pictures']

const TAB =
  'min-h-9 rounded-control px-3.5 text-sm font-semibold text-ink-2 hover:text-act data-[state=active]:bg-act-soft data-[state=active]:text-act'

/** Beside the form the whole pane has to fit between the header and the bar at the bottom. */
const SHEET = 'mx-auto max-w-[21rem] desk:max-w-[clamp(15rem,calc((100dvh-30rem)*0.707),21rem)]'

export function PreviewPane({ certificate, item, changed }: PreviewPaneProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  // Until somebody chooses: the certificate as it is, and from the first change on as it would be.
  const tab = chosen ?? (changed ? 'after' : 'before')
  const enabled = changed || chosen === 'after'
  const type = useType(certificate.type)
  // What is typed where values are hidden counts as a look-up each time it is asked about: only after a pause.
  const tries = fieldsOf(type).some(
    ({ masked, path }) =>
      masked && JSON.stringify(valueAt(item, path)) !== JSON.stringify(valueAt(certificate.record, path)),
  )
  const asked = useSettled(item, tries ? 400 : 0)
  // The QR code does not wait for the page, and the page does not get into its way while somebody types.
  const code = usePreview(asked, certificate.certificateId, NO_PAGES, enabled)
  const page = usePreview(useSettled(asked, BETWEEN_KEYS_MS), certificate.certificateId, PICTURES, enabled)
  // While the details are not complete the last pictures stay, paler.
  const qr = useLast(code.data)
  const svg = useLast(page.data)?.pictures[0]
  const address = useMemo(() => pictureAddress(svg), [svg])
  const error = code.error ?? page.error
  const tooLarge = codeOf(error) === 'TOO_LARGE_FOR_QR'
  const trouble = !error || tooLarge ? null : sentenceFor(codeOf(error))
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
            : error
              ? ''
              : code.isBehind || page.isBehind
                ? words.preview.updating
                : page.data
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
            className={`${SHEET} transition-opacity ${error ? 'opacity-50' : ''}`}
          />
          <div role="status">
            {trouble && (
              <p className="sheet absolute inset-x-6 top-4 px-4 py-3 text-sm shadow-lift sm:inset-x-10">{trouble}</p>
            )}
          </div>
        </div>
        <QrMeter
          qr={tooLarge ? 'too large' : code.error ? 'unknown' : qr?.qr}
          picture={
            qr && !code.error ? (
              <svg
                role="img"
                aria-label={words.preview.qrAlt}
                viewBox={`0 0 ${qr.qr.side} ${qr.qr.side}`}
                shapeRendering="crispEdges"
                className="size-full"
              >
                <path d={qr.qr.path} />
              </svg>
            ) : null
          }
        />
        {qr && !code.error && <Noticed warnings={qr.warnings} className="px-5 py-3" />}
      </Tabs.Content>
    </Tabs.Root>
  )
}

function sentenceFor(code: string): string {
  const isIncomplete = ['VALIDATION_ERROR', 'MISSING_FIELDS', 'UNSUPPORTED_CHARACTER'].includes(code)
  return isIncomplete ? words.preview.incomplete : words.preview.unavailable
}

/** What was there last, also while there is nothing. */
function useLast<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value)
  if (value !== undefined && value !== last) setLast(value)
  return value ?? last
}

/** The value once it has stayed the same for a while, compared by content; without a while the value. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value)
  const text = JSON.stringify(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text) as T), milliseconds)
    return () => clearTimeout(timer)
  }, [text, milliseconds])
  return milliseconds === 0 || JSON.stringify(settled) === text ? value : settled
}
