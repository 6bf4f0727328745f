/** Codes of an authenticator app: TOTP (RFC 6238) with SHA-1, 30 seconds and 6 digits, which is what the apps in use know. */
import { createHmac, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
const DIGITS = 6
/** RFC 4226 section 4, R6: at least 128 bits, 160 recommended. */
const SECRET_BYTES = 20
/** Steps by which the phone's clock may be ahead or behind. */
const DRIFT = 1
/** RFC 4648 section 6. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new secret in base32, as apps take it when it is typed. */
export function makeTotpSecret(random: (bytes: number) => Uint8Array): string {
  return toBase32(random(SECRET_BYTES))
}

/**
 * The step whose code this is: the present one, the one before or the one after. null when it is none of them, or not
 * later than `lastStep`: a code that was used once is used up, and so are the ones before it.
 */
export function matchingStep(secret: string, code: string, now: Date, lastStep: number): number | null {
  const given = Buffer.from(code.replaceAll(/[\s-]/g, ''), 'utf8')
  const present = Math.floor(now.getTime() / 1000 / STEP_SECONDS)
  let found: number | null = null
  // Every step is compared, whether one fits already or not.
  for (let step = present - DRIFT; step <= present + DRIFT; step++) {
    const wanted = Buffer.from(totpAt(secret, step), 'utf8')
    const fits = given.length === wanted.length && timingSafeEqual(given, wanted)
    if (fits && step > lastStep && found === null) found = step
  }
  return found
}

/** The code of a step (RFC 4226 section 5.3). */
export function totpAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = hash[hash.length - 1]! & 15
  const number = hash.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0')
}

/** What the QR code says (https://github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export function totpAddress(secret: string, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer.replaceAll(':', ' '))}:${encodeURIComponent(account)}`
  const query = `secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
  return `otpauth://totp/${label}?${query}`
}

function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => parseInt(eight, 2)))
}
