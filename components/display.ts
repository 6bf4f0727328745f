/** How values of a record are written for people: numbers in groups, days in words, secrets as dots. */
import { choicesOf, type CertificateType, type Field } from '@/lib/certificate-types/type'
import { hiddenShown } from '@/lib/certificates/hidden'
import { clockAt } from '@/lib/certificates/time-zones'

/** As British English shortens them. */
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec']

/** A day (YYYY-MM-DD) in words: "30 Jan 1957". Anything else, also a day that no calendar has, stays as it is. */
export function dayInWords(day: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  const date = new Date(`${day}T00:00:00Z`)
  return match && !Number.isNaN(date.getTime()) ? dayIn(date) : day
}

/** The day of an instant in a time zone: "17 Oct 2021". */
export function dayOf(instant: string, timeZone: string): string {
  return dayIn(clockAt(Date.parse(instant), timeZone))
}

/** The time of day of an instant in a time zone: "10:46". */
export function timeOf(instant: string, timeZone: string): string {
  return timeIn(clockAt(Date.parse(instant), timeZone))
}

/** Day and time of an instant in a time zone: "17 Oct 2021, 13:10". */
export function momentOf(instant: string, timeZone: string): string {
  const clock = clockAt(Date.parse(instant), timeZone)
  return `${dayIn(clock)}, ${timeIn(clock)}`
}

/** To the second, for logs: "12 May 2026, 10:30:02". */
export function secondOf(instant: string, timeZone: string): string {
  const clock = clockAt(Date.parse(instant), timeZone)
  return `${dayIn(clock)}, ${clock.toISOString().slice(11, 19)}`
}

/** An instant as the form edits it: local time to the minute, "2021-10-17T13:10". */
export function localMinute(instant: string, timeZone: string): string {
  return clockAt(Date.parse(instant), timeZone).toISOString().slice(0, 16)
}

/** The stored text of a field as a person reads it, with its unit; what is hidden is dots. */
export function shownValue(field: Field | undefined, value: string, timeZone: string): string {
  if (value === '' || !field) return value
  if (field.kind === 'date') return dayInWords(value)
  if (field.kind === 'instant') return Number.isNaN(Date.parse(value)) ? value : momentOf(value, timeZone)
  if (field.kind === 'contacts') return hiddenShown(value).split(', ').map(withoutScheme).join(', ')
  return field.unit === undefined ? hiddenShown(value) : `${hiddenShown(value)} ${field.unit}`
}

/** "tel:0711" as "0711": what a person calls the number. */
export function withoutScheme(contact: string): string {
  return contact.replace(/^(tel|mailto):/i, '')
}

/** What a person typed as a contact, in the form the record keeps: with the scheme the old value had, or the one it looks like. */
export function asContact(typed: string, before: string | undefined): string {
  const text = typed.trimStart()
  if (text === '' || /^[a-z]+:/i.test(text)) return text
  if (before !== undefined && before !== '' && !/^(tel|mailto):/i.test(before)) return text
  if (text.includes('@')) return `mailto:${text}`
  return /^\+?[\d\s()-]+$/.test(text) ? `tel:${text}` : text
}

/** The values a field offers for picking; empty when any text is as good. */
export function offeredBy(type: CertificateType, field: Field): string[] {
  if (field.allowed) return field.allowed
  if (field.kind === 'choice') return field.options ?? []
  return field.kind === 'code' && field.codeList ? choicesOf(type, field.codeList) : []
}

function dayIn(clock: Date): string {
  return `${clock.getUTCDate()} ${MONTHS[clock.getUTCMonth()]} ${clock.getUTCFullYear()}`
}

function timeIn(clock: Date): string {
  return clock.toISOString().slice(11, 16)
}
