'use client'
/** Which of the person's other doses are corrected too: ticked by itself where it is the same mistake. */
import { useState } from 'react'
import { usePersonDoses } from '@/components/registry'
import { useType } from '@/components/type-in-force'
import type { CertificateView } from '@/lib/api/contract'
import { otherDoses, type OtherDose } from './carried'

export interface OtherDoses {
  state: 'not asked' | 'looking' | 'failed' | 'found'
  all: OtherDose[]
  isChosen: (dose: OtherDose) => boolean
  chosen: OtherDose[]
  choose: (dose: OtherDose, chosen: boolean) => void
  /** Reads all doses again; those named have to be ticked anew. */
  reload: (changedMeanwhile: number[]) => void
}

/** Looks for the other doses when details of the recipient are corrected. */
export function useOtherDoses(base: CertificateView, item: unknown, asked: boolean): OtherDoses {
  const type = useType()
  const found = usePersonDoses(base.certificateId, asked)
  /** What the operator decided, by certificate: a newer version is another decision. */
  const [decided, setDecided] = useState<Record<string, boolean>>({})
  const [doubtful, setDoubtful] = useState<number[]>([])
  const all = asked && found.data ? otherDoses(found.data, base.record, item, type) : []
  const isChosen = ({ blocked, certificate, differs, dose }: OtherDose) =>
    blocked === null &&
    certificate !== null &&
    (decided[certificate.certificateId] ?? (differs.length === 0 && !doubtful.includes(dose)))
  return {
    state: !asked ? 'not asked' : found.data ? 'found' : found.isError ? 'failed' : 'looking',
    all,
    isChosen,
    chosen: all.filter(isChosen),
    choose({ certificate }, chosen) {
      if (certificate) setDecided((before) => ({ ...before, [certificate.certificateId]: chosen }))
    },
    reload(changedMeanwhile) {
      setDoubtful((before) => [...before, ...changedMeanwhile])
      void found.refetch()
    },
  }
}
