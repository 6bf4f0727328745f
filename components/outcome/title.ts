/** What an issued request is called. */
import { historyWords } from '@/components/history/words'
import { moveWords } from '@/components/move-dose/words'
import { words } from '@/components/words'
import { isCounted, type CertificateType } from '@/lib/certificate-types/type'
import type { TransactionView } from '@/lib/api/contract'

/** "Certificate replaced", "Certificate issued", "Certificate moved to dose 2". */
export function titleOf(
  { kind, correctedDose }: Pick<TransactionView, 'kind' | 'correctedDose'>,
  type: CertificateType,
): string {
  if (kind === 'certify') return words.done.titleFirst
  if (kind === 'reissue') return historyWords.reissuedTitle
  return correctedDose === null || !isCounted(type) ? words.done.title : moveWords.done(correctedDose)
}
