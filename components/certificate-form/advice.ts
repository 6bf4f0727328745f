/** Advice that does not stop a correction: what looks odd enough to be read twice. */
import { words } from '@/components/words'
import { eventOf, fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import { missingCoreData } from '@/lib/certificates/core-data'
import { similarity } from '@/lib/certificates/diff'
import { valueAt } from '@/lib/certificates/record'

/** Sentences by path of the field they stand at. `before` is the certificate's record, `after` the item as typed so far. */
export function adviceFor(before: unknown, after: unknown, today: string, type: CertificateType): Map<string, string> {
  const advice = new Map<string, string>()
  const text = (record: unknown, path: string) => String(valueAt(record, path) ?? '')
  for (const { field } of missingCoreData(after, type)) advice.set(field.path, words.correct.whoMissing)
  const { name, birthDate } = type.person
  const [was, is] = [text(before, name), text(after, name)]
  if (is !== '' && was !== '' && similarity(was, is) < 0.5) advice.set(name, words.correct.otherPerson)
  const date = eventOf(type)?.date
  const [birth, given] = [birthDate ? text(after, birthDate) : '', date ? text(after, date) : '']
  if (birth !== '' && given !== '' && given.slice(0, 10) < birth) advice.set(date!, words.correct.beforeBirth)
  for (const last of type.checks.flatMap((check) => (check.check === 'inOrder' ? check.last : []))) {
    const isDay = fieldsOf(type).some(({ path, kind }) => path === last && kind === 'date')
    const [until, wasUntil] = [text(after, last), text(before, last)]
    if (isDay && until !== wasUntil && until !== '' && until < today) advice.set(last, words.correct.untilPassed)
  }
  return advice
}
