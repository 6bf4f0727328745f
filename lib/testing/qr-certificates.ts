/** Contents of QR codes of certificates in every size and several scripts, none twice. Same number, same content. */
import { packCredential, qrValue } from '@/lib/rendering/qr'
import { randomFrom } from './qr-photographs'
import { VECTORS } from './vectors'

/** First letter and number of letters. */
const SCRIPTS = { Latin: [0x61, 26], Sinhala: [0x0d9a, 40], Arabic: [0x0627, 36] } as const

export type Script = keyof typeof SCRIPTS

export interface CertificateCode {
  value: string
  script: Script
}

/** Bytes that the code is filled up to: from the smallest certificates to all that the largest code (version 40, level L) holds. */
const SIZES = [0, 1600, 1900, 2150, 2331, 2600, 2940]

/** The code of a certificate with a name as long as it takes. */
export function certificateCode(number: number): CertificateCode {
  const script = (Object.keys(SCRIPTS) as Script[])[number % 3]!
  const most = SIZES[number % SIZES.length]!
  const random = randomFrom(number * 7919)
  const credential = JSON.parse(VECTORS[number % VECTORS.length]!.signed)
  const subject = credential.credentialSubject as { name: string }
  const packed = () => qrValue(packCredential(JSON.stringify(credential)))
  subject.name += ` ${number} ${wordIn(script, random)}`
  let value = packed()
  for (;;) {
    subject.name += ` ${wordIn(script, random)}`
    const longer = packed()
    if (Buffer.byteLength(longer) > most) return { value, script }
    value = longer
  }
}

function wordIn(script: Script, random: () => number): string {
  const [first, letters] = SCRIPTS[script]
  const length = 4 + Math.floor(random() * 8)
  return Array.from({ length }, () => String.fromCodePoint(first + Math.floor(random() * letters))).join('')
}
