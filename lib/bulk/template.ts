/** The empty file that people fill in: the heads of a type, and one row that shows how. */
import { csvLine } from '@/lib/audit/csv'
import { publishedType } from '@/lib/certificate-types/live'
import { lockOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Context } from '@/lib/certificates/context'
import { valueAt } from '@/lib/certificates/record'
import { sampleRecord } from '@/lib/type-checks/sample'
import type { BulkKind } from './answers'
import { cellOf, CODE, columnsOf, EXAMPLE_CODE, NUMBER, PROGRAMME } from './columns'

/** CSV with the mark at its start from which spreadsheets tell that it is UTF-8. Refusal NOT_FOUND. */
export async function template(context: Context, name: string, kind: BulkKind): Promise<{ name: string; csv: string }> {
  const type = await publishedType(context, name)
  const lines = kind === 'certify' ? certifyLines(type) : correctionLines(type)
  return {
    name: `${type.name}-${kind === 'certify' ? 'new' : 'corrections'}.csv`,
    csv: `\uFEFF${lines.map(csvLine).join('')}`,
  }
}

function certifyLines(type: CertificateType): string[][] {
  const sample = sampleRecord(type)
  const columns = columnsOf(type)
  return [
    [CODE, ...columns.map(({ head }) => head), PROGRAMME],
    [EXAMPLE_CODE, ...columns.map(({ field }) => cellOf(valueAt(sample, field.path))), ''],
  ]
}

/** One value changed, the rest left alone. */
function correctionLines(type: CertificateType): string[][] {
  const sample = sampleRecord(type)
  const { sequence, key } = type.lineage
  const names = columnsOf(type).filter(({ field }) => field.path === sequence || field.path === key)
  const values = columnsOf(type).filter(({ field }) => lockOf(type, field) === undefined)
  const changed = values.find(({ field }) => field.path !== type.person.name && !field.masked)
  return [
    [NUMBER, CODE, ...names.map(({ head }) => head), PROGRAMME, ...values.map(({ head }) => head)],
    [
      '',
      EXAMPLE_CODE,
      ...names.map(({ field }) => cellOf(valueAt(sample, field.path))),
      '',
      ...values.map((column) => (column === changed ? cellOf(valueAt(sample, column.field.path)) : '')),
    ],
  ]
}
