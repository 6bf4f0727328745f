/** Whether what somebody presents is what was issued here, value for value. A signature of ours alone does not say so: our key signs other things too. */
import { isDeepStrictEqual } from 'node:util'
import type { Statements } from '@/lib/db'
import { issuedTexts } from './store'

/** The number that a certificate of the second form says it has; null where it says none that could be one. */
export function numberOfForm2(credential: object): string | null {
  const { credentialSubject: subject } = credential as { credentialSubject?: unknown }
  // What the person is certified stands below: a vaccination, a test, a registration.
  const below = typeof subject === 'object' && subject !== null ? Object.values(subject) : []
  const number = below
    .map((part: { certificateId?: unknown } | null) => part?.certificateId)
    .find((one) => one !== undefined)
  return typeof number === 'string' && /^[\w-]{1,64}$/.test(number) ? number : null
}

/** Whether it is the second form of a real certificate as it is kept. The order of members is nobody's statement. */
export async function isIssuedForm2(db: Statements, credential: object): Promise<boolean> {
  const number = numberOfForm2(credential)
  const issued = number === null ? null : await issuedTexts(db, number)
  return Boolean(issued?.credential2) && isDeepStrictEqual(JSON.parse(issued!.credential2!), credential)
}
