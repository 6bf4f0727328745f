/** The bodies of requests and messages; each content is told from every other by its batch. */
import { certifyV1Example, updateExample } from '@/lib/api/examples'
import type { Asked } from './journal'
import type { PlannedMessage } from './plan'

/** Code of a person of the requests. */
export function codeOf(seed: number, subject: number): string {
  return `R${seed}-${subject}`
}

/** An item of the second generation with this content. */
export function itemOf({ code, mark }: Asked): Record<string, unknown> {
  const example = updateExample[0]!
  return { ...example, preEnrollmentCode: code, vaccination: { ...example.vaccination, batch: mark, dose: 1 } }
}

/** What a message says, and by which content its outcome is known; no content where nothing can come of it. */
export interface Composed {
  value: string | Buffer | null
  code: string
  mark: string
}

/** `previousId`: the certificate that an update names. */
export function messageOf(seed: number, planned: PlannedMessage, previousId: string | null): Composed {
  const { n, shape, of, poison } = planned
  const code = `K${seed}-${of}`
  const mark = shape === 'update' ? `MU${n}` : `M${of}`
  const item = itemOf({ code, mark })
  const text = () => {
    if (shape === 'v1') {
      const example = certifyV1Example[0]!
      const vaccination = { ...example.vaccination, batch: mark, dose: 1 }
      return { ...example, preEnrollmentCode: code, vaccination, meta: { certificateType: 'certifyV2' } }
    }
    if (shape === 'v4') return { entityType: 'VaccinationCertificate', entityPayload: item }
    const meta = { certificateType: 'certifyV3', ...(previousId ? { previousCertificateId: previousId } : {}) }
    return { ...item, meta }
  }
  return { value: poison === null ? JSON.stringify(text()) : poisonOf(poison, item), code, mark }
}

function poisonOf(kind: string, item: Record<string, unknown>): string | Buffer | null {
  if (kind === 'not JSON') return 'this is not JSON'
  if (kind === 'empty') return null
  if (kind === 'no object') return '["text"]'
  if (kind === 'half a character') return Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x7d])
  const vaccination = item.vaccination as Record<string, unknown>
  const recipient = item.recipient as Record<string, unknown>
  if (kind === 'without a name') return JSON.stringify({ ...item, recipient: { ...recipient, name: undefined } })
  if (kind === 'dose 1.5') return JSON.stringify({ ...item, vaccination: { ...vaccination, dose: 1.5 } })
  return JSON.stringify({ entityType: 'NoSuchThing', entityPayload: item })
}
