/** `ICD` and `VACCINE_ICD` as code lists of the type. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { isObject, jsonOf } from '../rows'
import type { Notes } from './notes'

type Entry = CertificateType['codeLists'][string][number]

const MOST = 1000
const LONGEST = 200

/** `ICD`: code -> {icd11Term}. Null when it is no such list. */
export function readTerms(text: string, notes: Notes): Entry[] | null {
  const parsed = jsonOf(text)
  if (!isObject(parsed) || Object.keys(parsed).length > MOST) {
    notes.add('not_taken', 'ICD', null, `This is no JSON object of at most ${MOST} codes.`)
    return null
  }
  const entries = Object.entries(parsed).flatMap(([code, about]) => {
    const term = isObject(about) ? about.icd11Term : undefined
    if (isWord(code) && isWord(term)) return [{ code, term }]
    notes.add('not_taken', 'ICD', code.slice(0, 60), 'This code has no icd11Term.')
    return []
  })
  notes.add(
    'taken',
    'ICD',
    null,
    `${entries.length} codes with their terms. Vaccine type and disease stand nowhere in a certificate.`,
  )
  return entries
}

/**
 * `VACCINE_ICD`: names that a vaccine's name may hold, with their codes, in their order. The words that the form proposes
 * stay where the name is known, else they are the name as it is written there. Null when it is no such list.
 */
export function readVaccines(
  text: string,
  present: readonly Entry[],
  terms: readonly Entry[],
  notes: Notes,
): Entry[] | null {
  const parsed = jsonOf(text)
  if (!Array.isArray(parsed) || parsed.length > MOST) {
    notes.add('not_taken', 'VACCINE_ICD', null, `This is no JSON list of at most ${MOST} vaccines.`)
    return null
  }
  const labels = new Map(present.flatMap(({ match, label }) => (match && label ? [[squeezed(match), label]] : [])))
  const known = new Set(present.flatMap(({ match }) => (match ? [squeezed(match)] : [])))
  const entries = parsed.flatMap((row, at): Entry[] => {
    const { vaccineName: match, icd11Code: code } = isObject(row) ? row : {}
    if (!isWord(match) || !isWord(code) || squeezed(match) === '') {
      notes.add('not_taken', 'VACCINE_ICD', `/${at}`, 'This entry has no vaccineName with an icd11Code.')
      return []
    }
    remark(match, code, terms, notes)
    const label = labels.get(squeezed(match)) ?? (known.has(squeezed(match)) ? undefined : match)
    return [{ match, ...(label === undefined ? {} : { label }), code }]
  })
  const lost = [...labels].filter(([match]) => !entries.some((entry) => squeezed(entry.match!) === match))
  notes.add('taken', 'VACCINE_ICD', null, `${entries.length} names of vaccines with their codes.`)
  for (const [, label] of lost)
    notes.add(
      'differs',
      'VACCINE_ICD',
      null,
      `${label} has no entry: the form proposes it no more, and it gets no code.`,
    )
  return entries
}

function remark(match: string, code: string, terms: readonly Entry[], notes: Notes): void {
  if (match !== match.toLowerCase() || match.includes(' '))
    notes.add('differs', 'VACCINE_ICD', match, 'Capitals and spaces: in DIVOC that name was never found, here it is.')
  if (!terms.some((entry) => entry.code === code))
    notes.add(
      'differs',
      'VACCINE_ICD',
      match,
      `ICD has no ${code}: DIVOC issued nothing for it, here it is issued without a term.`,
    )
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST && !/[\p{Cc}\p{Cs}]/u.test(value)
}

/** As names are compared when a certificate is issued. */
function squeezed(name: string): string {
  return name.toLowerCase().replaceAll(' ', '')
}
