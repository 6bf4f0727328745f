/** Texts of files as base64 and back, in browsers and on the server. Pure. */

/** The bytes of a base64 text. Throws for what is no base64. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
}

/** The UTF-8 text that a base64 text holds. */
export function textOf(base64: string): string {
  return new TextDecoder().decode(bytesOf(base64))
}

/** Base64 of bytes, or of a text in UTF-8. */
export function base64Of(content: Uint8Array | string): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  let signs = ''
  for (let at = 0; at < bytes.length; at += 0x8000) signs += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(signs)
}
