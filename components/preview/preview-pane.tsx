'use client'
/** The certificate beside the form: as it is, and as it would be. */
import { Tabs } from 'radix-ui'
import { useEffect, useState } from 'react'
import { PagePicture } from '@/components/certificate/page-picture'
import { Noticed } from '@/components/noticed'
import { codeOf, documentOf } from '@/components/registry'
import { useType } from '@/components/type-in-force'
import { words } from '@/components/words'
import type { CertificateView, PreviewAnswer } from '@/lib/api/contract'
import { fieldsOf } from '@/lib/certificate-types/type'
import type { DrawingMeans } from '@/lib/certificates/draft-in-browser'
import { valueAt } from '@/lib/certificates/record'
import { QrMeter } from './qr-meter'
import { useAnswer } from './use-answer'
import { useDrawing, useDrawn } from './use-drawing'

interface PreviewPaneProps {
  certificate: CertificateView
  /** The request item as typed so far, without the reason. */
  item: unknown
  changed: boolean
  /** Told what the registry says of an item, once it has said it. */
  onSaid: (item: unknown, answer: PreviewAnswer) => void
}

/** A page is asked for when no key came for so long: hardly anybody who types is faster, and what is withdrawn costs the next one time. */
const BETWEEN_KEYS_MS = 60
/** What is typed where values are hidden counts as a look-up each time it is asked about: only after a pause. */
const PAUSE_MS = 400
const MEANS: ['means'] = ['means']
const PICTURES: ['pictures'] = ['pictures']

const TAB =
  'min-h-9 rounded-control px-3.5 text-sm font-semibold text-ink-2 hover:text-act data-[state=active]:bg-act-soft data-[state=active]:text-act'

/** Beside the form the whole pane has to fit between the header and the bar at the bottom. */
const SHEET = 'mx-auto max-w-[21rem] desk:max-w-[clamp(15rem,calc((100dvh-30rem)*0.707),21rem)]'

export function PreviewPane({ certificate, item, changed, onSaid }: PreviewPaneProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  // Until somebody chooses: the certificate as it is, and from the first change on as it would be.
  const tab = chosen ?? (changed ? 'after' : 'before')
  const enabled = changed || chosen === 'after'
  const type = useType(certificate.type)
  const tries = fieldsOf(type).some(
    ({ masked, path }) =>
      masked && JSON.stringify(valueAt(item, path)) !== JSON.stringify(valueAt(certificate.record, path)),
  )
  const [means, setMeans] = useState<DrawingMeans>()
  const drawing = useDrawing(certificate, type, means, enabled)
  // Until the code can be drawn here it is asked for by itself: the page takes longer.
  const code = useAnswer(item, certificate.certificateId, MEANS, !enabled || drawing ? null : tries ? PAUSE_MS : 0)
  const page = useAnswer(
    item,
    certificate.certificateId,
    PICTURES,
    enabled ? (tries ? PAUSE_MS : BETWEEN_KEYS_MS) : null,
  )
  if (means === undefined && code.data?.means) setMeans(code.data.means)
  const newest = [page, code].find(({ isBehind, error, data }) => !isBehind && !error && data)?.data
  useEffect(() => {
    if (newest) onSaid(item, newest)
  }, [newest, item, onSaid])
  // While the details are not complete the last pictures stay, paler.
  const drawn = useLast(useDrawn(enabled ? drawing : null, item))
  const said = drawing ? (page.data ?? code.data) : (code.data ?? page.data)
  const picture = drawn ?? said?.qr
  const address = usePictureAddress(page.data?.pictures[0])
  const error = drawing ? page.error : (code.error ?? page.error)
  // That no page can be set now says nothing about the code.
  const codeError = drawing && codeOf(error) === 'RENDERER_UNAVAILABLE' ? null : drawing ? error : code.error
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
          qr={tooLarge ? 'too large' : codeError ? 'unknown' : said?.qr}
          picture={
            picture && !codeError ? (
              <svg
                role="img"
                aria-label={words.preview.qrAlt}
                viewBox={`0 0 ${picture.side} ${picture.side}`}
                shapeRendering="crispEdges"
                className="size-full"
              >
                <path d={picture.path} />
              </svg>
            ) : null
          }
        />
        {said && !codeError && <Noticed warnings={said.warnings} className="px-5 py-3" />}
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

/** Where an img finds a picture; the last one until there is another. */
function usePictureAddress(svg: string | undefined): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (svg === undefined) return
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
    // eslint-disable-next-line react-hooks/set-state-in-effect -- addresses are made and given back outside React
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [svg])
  return address
}
