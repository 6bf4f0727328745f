/** A certificate type: the one declaration that the API's checks, the form, the differences, the credential and the page are read from. */
import type { z } from 'zod'
import type { declaration } from './declaration'

export type CertificateType = z.infer<typeof declaration>
/** certifyV3: what /v3 issues, with ICD-11 code and date of birth; certifyV2: what /v1 issues, without them. */
export type Form = keyof CertificateType['forms']
/** One generation as a type declares it. */
export type FormOf = CertificateType['forms']['certifyV3']
export type Section = CertificateType['sections'][number]
export type Field = Section['fields'][number]

/** One generation of a type. Throws an Error for one that it has not: accepting refuses such requests. */
export function formOf({ name, forms }: CertificateType, form: Form): FormOf {
  const found = forms[form]
  if (!found) throw new Error(`The certificate type ${name} has no form ${form}.`)
  return found
}

/** What certificates of a type are about. Documents kept before a type could say it are of vaccinations. */
export function eventOf(type: CertificateType): CertificateType['event'] {
  if (type.event) return type.event
  const isOld = fieldsOf(type).some(({ path: at }) => at === 'vaccination.name')
  return isOld ? { name: 'vaccination.name', date: 'vaccination.date' } : undefined
}

/** Where a record says how many certificates of one code there are to be; read like `eventOf`. */
export function totalOf({ lineage }: CertificateType): string | undefined {
  return lineage.total ?? (lineage.sequence === 'vaccination.dose' ? 'vaccination.totalDoses' : undefined)
}

/** Whether certificates of one code are counted: dose 1, dose 2. */
export function isCounted(type: CertificateType): boolean {
  return fieldsOf(type).some(({ path: at, kind }) => at === type.lineage.sequence && kind === 'wholeNumber')
}

/** Why a field cannot be corrected; undefined where it can. The one that holds the code never can, whatever the type says. */
export function lockOf({ lineage }: CertificateType, { path: at, locked }: Field): string | undefined {
  return locked ?? (at === lineage.key ? FOUND_BY_IT : undefined)
}

const FOUND_BY_IT = 'Certificates are found by it: who gets another one is certified anew.'

/** All fields of a type in the order of the form. */
export function fieldsOf(type: CertificateType): Field[] {
  return type.sections.flatMap((section) => section.fields)
}

/** The labels a code list offers for picking (entries without a label only match). */
export function choicesOf(type: CertificateType, codeList: string): string[] {
  return (type.codeLists[codeList] ?? []).flatMap((entry) => (entry.label ? [entry.label] : []))
}
