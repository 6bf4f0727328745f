/** How a certificate type is written (type.json), as a zod schema. What browsers need of types is in type.ts, without it. */
import { z } from 'zod'
import vaccination from './VaccinationCertificate/type.json'
import { FORMATS, type Format } from './pattern'
import type { CertificateType } from './type'

/** Also names of own properties of every object are no names of fields. */
const path = z
  .string()
  .max(200)
  .regex(/^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*$/, 'must be names with dots between: letters and digits')
  .refine((dotted) => !dotted.split('.').some((name) => name in Object.prototype), 'holds a name that is not free')

/** A word a person reads. */
const words = z.string().min(1).max(200)
/** In other languages: BCP 47 -> words. */
const translated = z.record(
  z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language, for example hi'),
  words,
)
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, 'must be the name of a file beside type.json')

const field = z.strictObject({
  path,
  /** How the value is written and checked. */
  kind: z.enum(['text', 'identifier', 'date', 'instant', 'age', 'choice', 'code', 'contacts', 'wholeNumber']),
  label: words,
  labels: translated.optional(),
  hint: words.optional(),
  hints: translated.optional(),
  required: z.boolean().default(false),
  /** In WHO's core data set of a vaccination record: the form notes what is missing and never refuses for it. */
  who: z.enum(['mandatory', 'optional']).optional(),
  /** The optional object this field lives in: its required fields are required only when the group is given at all. */
  group: path.optional(),
  minLength: z.number().int().min(1).max(300).default(1),
  maxLength: z.number().int().min(1).max(300).optional(),
  /** A pattern that many need, or one of its own (lib/certificate-types/pattern.ts says what it may hold). */
  format: z.enum(Object.keys(FORMATS) as [Format, ...Format[]]).optional(),
  pattern: z.string().min(1).max(200).optional(),
  /** Proposed by the form; other texts are taken too. */
  options: z.array(words).optional(),
  /** Nothing else is taken. */
  allowed: z.array(words).min(1).max(500).optional(),
  /** Smallest and largest number. */
  minimum: z.number().int().optional(),
  maximum: z.number().int().optional(),
  /** Stands behind the value: "mmol/l". */
  unit: z.string().min(1).max(30).optional(),
  codeList: z.string().optional(),
  /** Fields that the form empties when this one changes: what stood there belonged to the old value. */
  resets: z.array(path).optional(),
  /** Shown on paper. */
  printed: z.boolean().default(false),
  /** Shown as dots until revealed. */
  masked: z.boolean().default(false),
  /** Why this field cannot be corrected. */
  locked: z.string().optional(),
  /** Of an instant: it may lie ahead of now. */
  future: z.boolean().default(false),
  /** Of an instant: on paper its time of day stands behind the day. */
  time: z.boolean().default(false),
  /** Always written left to right, whatever the language around it. */
  ltr: z.boolean().default(false),
  /** Half the width of the form. */
  half: z.boolean().default(false),
})

/** One generation of request and credential, under DIVOC's name for it (`meta.certificateType`). */
const form = z.strictObject({
  /** The file with the words of this credential; "{namespace}" in it is the address of the vocabulary. */
  context: fileName,
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

/** Heads are compared as they are written, so nothing invisible stands in them. */
const csvColumn = z.strictObject({
  column: z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,99}$/u, 'must be letters, digits and " ._/-"'),
  path,
})

export const declaration = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Za-z0-9]{0,59}$/, 'must begin with a capital letter: letters and digits'),
  /** Other names that addresses know it by. */
  aliases: z
    .array(z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, 'must begin with a letter: letters, digits, "_" and "-"'))
    .max(10)
    .default([]),
  version: z.number().int().min(1).max(1_000_000),
  forms: z.strictObject({ certifyV3: form, certifyV2: form.optional() }),
  /** Template of the form of VC Data Model 2.0, the same for every generation; a type without it issues the first form alone. */
  credential2: z.unknown().optional(),
  title: words,
  titles: translated.optional(),
  /** A second language on paper and for holders: its labels stand beside the others. */
  alsoIn: z.string().optional(),
  /** Of the words of VC Data Model 2.0: one more whenever words come in, with a context file to match. */
  vocabulary: z.strictObject({ version: z.number().int().min(1).max(1000), context: fileName }).optional(),
  /** What sets the pages, and what else is on them. */
  page: z.strictObject({ template: fileName, logo: fileName.optional() }),
  /** Which certificates belong together. */
  lineage: z.strictObject({
    /** Those of one code are told apart by the number, or to the minute by the instant, at this path; without it there is one. */
    sequence: path.optional(),
    /** How many there are to be: "dose 1 of 2". More than that is a booster. */
    total: path.optional(),
    /** The field that holds the code, where source systems send no preEnrollmentCode. */
    key: path.optional(),
  }),
  /** Whom a certificate is about: what lists, headings, approvals and links read. */
  person: z
    .strictObject({
      name: path,
      birthDate: path.optional(),
      age: path.optional(),
      /** Whose end holders without a known date of birth are asked for. */
      identity: path.optional(),
    })
    // Those that were kept before a type could say it.
    .default({
      name: 'recipient.name',
      birthDate: 'recipient.dob',
      age: 'recipient.age',
      identity: 'recipient.identity',
    }),
  /** What a certificate is about besides the person, and when that was: what lists and headings read. */
  event: z.strictObject({ name: path, date: path.optional() }).optional(),
  /** The sections whose fields stand at the top of what the VC API (/vc-certification) takes and gives. */
  flat: z.array(path).min(1).max(20).optional(),
  /** What no single field can know. */
  checks: z
    .array(
      z.discriminatedUnion('check', [
        z.strictObject({ check: z.literal('ageOrBirthDate'), age: path, birthDate: path }),
        z.strictObject({ check: z.literal('inOrder'), first: path, last: path }),
      ]),
    )
    .default([]),
  /** What the verify page shows besides what it always shows: values as signed, each at its place in the credential. */
  verify: z.array(z.strictObject({ label: words, labels: translated.optional(), at: path })).default([]),
  updateLimit: z.number().int().nonnegative().optional(),
  approval: approval.optional(),
  /** Columns of its CSV files, each with the field that it fills; without it every field in order, headed by its path. */
  csv: z.array(csvColumn).min(1).max(300).optional(),
  sections: z
    .array(
      z.strictObject({
        id: path,
        title: words,
        titles: translated.optional(),
        required: z.boolean(),
        fields: z.array(field).min(1).max(200),
      }),
    )
    .min(1)
    .max(20),
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

/** The type of vaccination certificates, checked as a whole when this module loads. */
export const VACCINATION: CertificateType = declaration.parse(vaccination)
