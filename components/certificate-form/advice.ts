/** Advice that does not stop a correction: what looks odd enough to be read twice. */
import { words } from '@/components/words'
import type { CertificateType } from '@/lib/certificate-types/type'
import { missingCoreData } from '@/lib/certificates/core-data'
import { similarity } from '@/lib/certificates/diff'
import { valueAt } from '@/lib/certificates/record'

/** Sentences by path of the field they stand at. `before` is the certificate's record, `after` the item as typed so far. */
export function adviceFor(before: unknown, after: unknown, today: string, type: CertificateType): Map<string, string> {
  const advice = new Map<string, string>()
  const text = (record: unknown, path: string) => String(valueAt(record, path) ?? '')
  for (const { field } of missingCoreData(after, type)) advice.set(field.path, words.correct.whoMissing)
  const [was, is] = [text(before, 'recipient.name'), text(after, 'recipient.name')]
  if (is !== '' && was !== '' && similarity(was, is) < 0.5) advice.set('recipient.name', words.correct.otherPerson)
  const [birth, given] = [text(after, 'recipient.dob'), text(after, 'vaccination.date')]
  if (birth !== '' && given !== '' && given.slice(0, 10) < birth) {
    advice.set('vaccination.date', words.correct.beforeBirth)
  }
  const [until, wasUntil] = [text(after, 'vaccination.effectiveUntil'), text(before, 'vaccination.effectiveUntil')]
  if (until !== wasUntil && until !== '' && until < today)
    advice.set('vaccination.effectiveUntil', words.correct.untilPassed)
  return advice
}
