/** New certificate numbers: decimal digits from a cryptographic source, never guessable, never starting with 0. */

/** A number of `digits` decimal digits. Bytes above the largest multiple of ten are thrown away, so that no digit is likelier. */
export function newCertificateId(digits: number, random: (bytes: number) => Uint8Array): string {
  let id = ''
  while (id.length < digits) {
    for (const byte of random(digits)) {
      if (byte >= 250) continue
      const digit = byte % 10
      if (id.length === 0 && digit === 0) continue
      id += digit
      if (id.length === digits) break
    }
  }
  return id
}
