/** What holders write, made fit to be stored and shown: nothing invisible that turns or breaks the text around it. Pure. */

/** Controls but the line break, and signs that reverse the writing direction of what follows. */
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** A note of several lines: at most one empty line in a row, no space around it. */
export function cleanNote(written: string): string {
  return written
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .toWellFormed()
    .replaceAll(UNSEEN, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
}

/** A value on one line. */
export function cleanValue(written: string): string {
  return cleanNote(written).replaceAll(/\s+/gu, ' ')
}
