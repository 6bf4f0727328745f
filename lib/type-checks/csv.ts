/** What a type says about its CSV files: columns lead to fields, none twice, and every required field should have one. Pure. */
import { ENVELOPE_COLUMNS } from '@/lib/bulk/columns'
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Findings } from './finding'

export function checkCsv(type: CertificateType, found: Findings): void {
  const byPath = new Map(fieldsOf(type).map((field) => [field.path, field]))
  const [heads, paths] = [new Set(ENVELOPE_COLUMNS), new Set<string>()]
  type.csv?.forEach(({ column, path }, at) => {
    const here = ['csv', at]
    if (!byPath.has(path)) found.error([...here, 'path'], `There is no field ${path}.`)
    if (paths.has(path)) found.error([...here, 'path'], `${path} has a column already.`)
    if (ENVELOPE_COLUMNS.includes(column))
      found.error([...here, 'column'], `Every file has a column ${column} already.`)
    else if (heads.has(column)) found.error([...here, 'column'], `There are two columns ${column}.`)
    heads.add(column)
    paths.add(path)
  })
  if (type.csv) {
    const without = [...byPath.values()].filter(({ required, path }) => required && !paths.has(path))
    for (const { path } of without)
      found.warn('/csv', `${path} is required and has no column: no certificate can be made from a CSV file.`)
  }
}
