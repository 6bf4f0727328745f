'use client'
/** What tells a certificate from others of its code, in words: a dose, the taking of a sample, or only what kind it is. */
import { instantOf, sequenceFieldOf } from '@/lib/certificate-types/sequence'
import { isCounted, totalOf, type CertificateType } from '@/lib/certificate-types/type'
import { momentOf } from './display'
import { usePlace } from './place'
import { useTypes } from './type-in-force'
import { words } from './words'

/** A record as lists and headings know it. */
export interface Numbered {
  /** Name of the certificate type. */
  type: string
  dose: number
  totalDoses?: number
}

export interface Which {
  /** "Dose 1 of 2"; "Sample taken 5 Jul 2021, 13:50"; "Certificate of registration". */
  title: (record: Numbered) => string
  /** The same behind a code: "dose 1", "Sample taken 5 Jul 2021, 13:50". */
  name: (record: Pick<Numbered, 'type' | 'dose'>) => string
  /** "for dose 1", "of this kind": where a cancelled certificate was. */
  inPlace: (record: Pick<Numbered, 'type' | 'dose'>) => string
  /** The same inside a sentence: "dose 1", else "this certificate". */
  inside: (record: Pick<Numbered, 'type' | 'dose'>) => string
  /** "Certificate of test result", where the title does not say what kind it is; null for what is counted. */
  kind: (record: Pick<Numbered, 'type'>) => string | null
}

/** The words of all types in force. */
export function useWhich(): Which {
  const types = useTypes()
  const { timeZone } = usePlace()
  const title = ({ type: name, dose, totalDoses }: Numbered) => {
    const type = types.get(name)
    if (!type || counts(type)) return words.dose(dose, type && totalOf(type) === undefined ? undefined : totalDoses)
    const field = sequenceFieldOf(type)
    return field ? `${field.label} ${momentOf(instantOf(dose), timeZone)}` : type.title
  }
  return {
    title,
    name: (record) => (counts(types.get(record.type)) ? words.doseInside(record.dose) : title(record)),
    inPlace: ({ type: name, dose }) => (counts(types.get(name)) ? `for ${words.doseInside(dose)}` : words.inItsPlace),
    inside: ({ type: name, dose }) => (counts(types.get(name)) ? words.doseInside(dose) : words.thisCertificate),
    kind: ({ type: name }) => {
      const type = types.get(name)
      // Without a sequence the title is the kind.
      return counts(type) || !sequenceFieldOf(type!) ? null : type!.title
    },
  }
}

/** A type that came into force since the page was loaded is taken for one that counts. */
function counts(type: CertificateType | undefined): boolean {
  return !type || isCounted(type)
}
