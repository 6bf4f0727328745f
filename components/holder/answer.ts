/** What a holder typed as an answer, read as people write it. Pure. */

/** The text fields of the questions. */
export interface Typed {
  ageOnly: boolean
  day: string
  month: string
  year: string
  yearOfBirth: string
  identityEnd: string
}

export const NOTHING_TYPED: Typed = { ageOnly: false, day: '', month: '', year: '', yearOfBirth: '', identityEnd: '' }

export type Missing = 'birthMissing' | 'birthWrong' | 'yearMissing' | 'identityMissing'

/** The body to send, or what is missing with the name of its field. */
export function answerOf(typed: Typed): { answer: object } | { missing: { field: keyof Typed; problem: Missing }[] } {
  if (typed.ageOnly) {
    const yearOfBirth = Number(westernDigits(typed.yearOfBirth))
    const identityEnd = westernDigits(typed.identityEnd).trim()
    const missing = [
      ...(yearOfBirth >= 1800 && yearOfBirth <= 2200
        ? []
        : [{ field: 'yearOfBirth' as const, problem: 'yearMissing' as const }]),
      ...(identityEnd === '' ? [{ field: 'identityEnd' as const, problem: 'identityMissing' as const }] : []),
    ]
    return missing.length > 0 ? { missing } : { answer: { yearOfBirth, identityEnd } }
  }
  const [day, month, year] = [typed.day, typed.month, typed.year].map((part) => westernDigits(part).trim())
  const gap = (['day', 'month', 'year'] as const).find((field) => typed[field].trim() === '')
  if (gap) return { missing: [{ field: gap, problem: 'birthMissing' }] }
  const text = `${year!.padStart(4, '0')}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}`
  const date = new Date(`${text}T00:00:00Z`)
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  if (!real || year!.length !== 4) return { missing: [{ field: 'day', problem: 'birthWrong' }] }
  return { answer: { dateOfBirth: text } }
}

/** Arabic, Persian and other decimal digits as 0 to 9. Each script's ten digits follow one another in Unicode. */
function westernDigits(text: string): string {
  return text.replaceAll(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0)!
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0)! - zero < 9) zero--
    return String(digit.codePointAt(0)! - zero)
  })
}
