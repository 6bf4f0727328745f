'use client'
/** Draws the QR code of what is being typed here, so that it follows every letter; the registry's answer comes after it. */
import { useEffect, useMemo, useState } from 'react'
import type { CertificateView } from '@/lib/api/contract'
import type { CertificateType } from '@/lib/certificate-types/type'
import type * as Library from '@/lib/certificates/draft-in-browser'
import type { DraftCode, DrawingMeans } from '@/lib/certificates/draft-in-browser'

/** Draws a draft; null for what cannot be drawn. */
export type Drawing = (item: unknown) => DraftCode | null

/** What draws comes when a form has been open for so long, or with the first letter: the form itself comes first. */
const AFTER_OPENING_MS = 2000

/** Null until what draws has come and the registry has said what it draws with. */
export function useDrawing(
  { record }: CertificateView,
  type: CertificateType,
  means: DrawingMeans | undefined,
  isWanted: boolean,
): Drawing | null {
  const [library, setLibrary] = useState<typeof Library | null>(null)
  useEffect(() => {
    let isHere = true
    const load = () =>
      import('@/lib/certificates/draft-in-browser').then(
        (loaded) => isHere && setLibrary(loaded),
        // Without it the registry draws, as it does until then.
        () => {},
      )
    const timer = setTimeout(() => void load(), isWanted ? 0 : AFTER_OPENING_MS)
    return () => {
      isHere = false
      clearTimeout(timer)
    }
  }, [isWanted])
  return useMemo(
    () => (library && means ? library.drawingOf(type, record, means) : null),
    [library, means, type, record],
  )
}

/** The code of a draft, drawn anew when its content is another one; undefined for what cannot be drawn. */
export function useDrawn(drawing: Drawing | null, item: unknown): DraftCode | undefined {
  const text = JSON.stringify(item)
  return useMemo(() => drawing?.(JSON.parse(text) as unknown) ?? undefined, [drawing, text])
}
