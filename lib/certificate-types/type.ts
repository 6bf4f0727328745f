/** A certificate type: the one declaration that the API's checks, the form, the differences, the credential and the page are read from. */
import { z } from 'zod'
import vaccination from './VaccinationCertificate/type.json'

const path = z.string().regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/)

const field = z.strictObject({
  path,
  /** How the value is written and checked. */
  kind: z.enum(['text', 'identifier', 'date', 'instant', 'age', 'choice', 'code', 'contacts', 'wholeNumber']),
  label: z.string(),
  hint: z.string().optional(),
  required: z.boolean().default(false),
  /** The optional object this field lives in: its required fields are required only when the group is given at all. */
  group: path.optional(),
  minLength: z.number().int().default(1),
  options: z.array(z.string()).optional(),
  codeList: z.string().optional(),
  /** Shown on paper. */
  printed: z.boolean().default(false),
  /** Shown as dots until revealed. */
  masked: z.boolean().default(false),
  /** Why this field cannot be corrected. */
  locked: z.string().optional(),
  /** Always written left to right, whatever the language around it. */
  ltr: z.boolean().default(false),
  /** Half the width of the form. */
  half: z.boolean().default(false),
})

/** One generation of request and credential, under DIVOC's name for it (`meta.certificateType`). */
const form = z.strictObject({
  /** Fields, groups and sections that a request must have besides those required anyway. */
  alsoRequired: z.array(path),
  /** Template of the credential: a JSON tree whose leaves are literals, {from}, {setting} or {derive}. */
  credential: z.unknown(),
})

/** Which corrections need a second person: a supervisor who reaches the record. Absent: none. */
const approval = z.strictObject({
  /** Whose corrections. Those of a supervisor need another one only where "supervisor" is listed. */
  of: z.array(z.enum(['operator', 'supervisor', 'client'])).min(1),
  /** Name and date of birth, at once or one after the other. */
  nameAndBirthDate: z.boolean().default(false),
  /** More than another spelling: lib/certificates/name-distance.ts. */
  largeNameChange: z.boolean().default(false),
  /** The last update that the limit allows. */
  lastUpdate: z.boolean().default(false),
  /** Records of other facilities, opened to read: without this they cannot be corrected from there. */
  otherFacility: z.boolean().default(false),
})

const declaration = z.strictObject({
  name: z.string(),
  version: z.number().int().positive(),
  forms: z.strictObject({ certifyV3: form, certifyV2: form }),
  /** Template of the form of VC Data Model 2.0, the same for every generation. */
  credential2: z.unknown(),
  title: z.string(),
  updateLimit: z.number().int().nonnegative().optional(),
  approval: approval.optional(),
  sections: z.array(z.strictObject({ id: path, title: z.string(), required: z.boolean(), fields: z.array(field) })),
  codeLists: z.record(
    z.string(),
    z.array(
      z.strictObject({
        match: z.string().optional(),
        label: z.string().optional(),
        code: z.string().optional(),
        term: z.string().optional(),
      }),
    ),
  ),
})

export type CertificateType = z.infer<typeof declaration>
/** certifyV3: what /v3 issues, with ICD-11 code and date of birth; certifyV2: what /v1 issues, without them. */
export type Form = keyof CertificateType['forms']
export type Section = CertificateType['sections'][number]
export type Field = Section['fields'][number]

/** The type of vaccination certificates, checked as a whole when this module loads. */
export const VACCINATION: CertificateType = declaration.parse(vaccination)

/** All fields of a type in the order of the form. */
export function fieldsOf(type: CertificateType): Field[] {
  return type.sections.flatMap((section) => section.fields)
}

/** The labels a code list offers for picking (entries without a label only match). */
export function choicesOf(type: CertificateType, codeList: string): string[] {
  return (type.codeLists[codeList] ?? []).flatMap((entry) => (entry.label ? [entry.label] : []))
}
