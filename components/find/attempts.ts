/** What somebody may mean by what they typed into the find field. Pure. */

/** One question to the registry. */
export type Attempt = { preEnrollmentCode: string; dose?: number } | { certificateId: string }

/** The dashes that people and programs write for "-". */
const DASH = '[-\\u2010-\\u2015\\u2212\\ufe58\\ufe63\\uff0d]'
const CODE_AND_DOSE = new RegExp(`^(.+?)${DASH}0*([1-9]\\d{0,2})$`, 'u')
/** What stands between groups of digits. */
const BETWEEN_GROUPS = new RegExp(`(?<=\\d)(?:${DASH}|[.,·/'’])(?=\\d)`, 'gu')

/**
 * In the order in which it is tried: the code exactly as typed, then without spaces (and without signs nobody sees), then
 * CODE-DOSE, then as a certificate number with or without gaps. What is exactly somebody's code never means anything else.
 */
export function attemptsFor(typed: string): Attempt[] {
  const text = typed.replaceAll(/\p{Cc}/gu, '').trim()
  const solid = text.replaceAll(/[\s\p{Cf}]/gu, '')
  const dosed = CODE_AND_DOSE.exec(solid)
  const number = solid
    .normalize('NFKC')
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll(BETWEEN_GROUPS, '')
  return [
    ...(text === '' ? [] : [{ preEnrollmentCode: text }]),
    ...(solid === text || solid === '' ? [] : [{ preEnrollmentCode: solid }]),
    ...(dosed ? [{ preEnrollmentCode: dosed[1]!, dose: Number(dosed[2]) }] : []),
    ...(/^\d{6,18}$/.test(number) ? [{ certificateId: number }] : []),
  ]
}

/** A digit of any script as 0 to 9: the digits of a script stand in a row of ten, and 0 is the first. */
function asciiDigit(digit: string): string {
  let zero = digit.codePointAt(0)!
  const code = zero
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && code - zero < 9) zero--
  return String(code - zero)
}
