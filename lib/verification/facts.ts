/** What a person compares with a photo ID, read from a credential whose signature was checked. */

/** Texts as they were signed; "" where absent. */
export interface Facts {
  certificateId: string
  name: string
  /** YYYY-MM-DD */
  dob: string
  /** Whole years when it was issued, where no date of birth is known. */
  age: string
  vaccine: string
  dose: string
  totalDoses: string
  /** Instant or day of the vaccination. */
  date: string
  effectiveStart: string
  effectiveUntil: string
  facility: string
  /** Instants between which it counts, as both models of credentials say them; none where it says nothing of it. */
  validFrom?: string
  validUntil?: string
  /** What kind of certificate it is, where that is known. */
  title?: { title: string; titles?: Translated }
  /** The second language of its type (BCP 47). */
  alsoIn?: string
  /** What the type calls name, dob and facility in other languages. */
  called?: Readonly<Record<string, Translated>>
  /** What the certificate type has shown besides, in its order; `unit` stands behind the value. */
  more?: { label: string; labels?: Translated; value: string; unit?: string }[]
}

/** Words by language. */
type Translated = Readonly<Record<string, string>>

/** A value of the credential that is shown: its place ("credentialSubject.parentName") and what it is called. */
export interface Shown {
  at: string
  label: string
  labels?: Translated
  unit?: string
}

/** What is known of the credentials of one certificate type. */
export interface Kind {
  /** They name all of these as what they and their evidence are. */
  names: readonly string[]
  title: string
  titles?: Translated
  alsoIn?: string
  called?: Readonly<Record<string, Translated>>
  shown: readonly Shown[]
}

/** The facts of a credential. Anything that is neither text nor number counts as absent. */
export function factsOf(credential: Record<string, unknown>, kinds: readonly Kind[] = []): Facts {
  const subject = objectAt(credential.credentialSubject)
  const event = objectAt(firstOf(credential.evidence))
  const kind = kindOf(credential, kinds)
  return {
    certificateId: numberOf(credential),
    name: textAt(subject.name),
    dob: textAt(subject.dob),
    age: textAt(subject.age),
    vaccine: textAt(event.vaccine),
    dose: textAt(event.dose),
    totalDoses: textAt(event.totalDoses),
    date: textAt(event.date),
    effectiveStart: textAt(event.effectiveStart),
    effectiveUntil: textAt(event.effectiveUntil),
    facility: textAt(objectAt(event.facility).name),
    ...timeOf(credential),
    ...(kind ? { title: { title: kind.title, ...(kind.titles ? { titles: kind.titles } : {}) } } : {}),
    ...(kind?.alsoIn ? { alsoIn: kind.alsoIn } : {}),
    ...(kind?.called ? { called: kind.called } : {}),
    ...(kind && kind.shown.length > 0 ? { more: kind.shown.flatMap((one) => moreOf(credential, one)) } : {}),
  }
}

/** Where the certificates of DIVOC's shape have their number; those without evidence say it of themselves or their subject. */
function numberOf(credential: Record<string, unknown>): string {
  const places = [firstOf(credential.evidence), credential.credentialSubject, credential]
  return places.map((place) => textAt(objectAt(place).certificateId)).find((text) => text !== '') ?? ''
}

function kindOf(credential: Record<string, unknown>, kinds: readonly Kind[]): Kind | undefined {
  const said = [credential.type, objectAt(firstOf(credential.evidence)).type].flat()
  return kinds.find(({ names }) => names.length > 0 && names.every((name) => said.includes(name)))
}

function timeOf({ validFrom, validUntil, expirationDate }: Record<string, unknown>): Partial<Facts> {
  const [from, until] = [textAt(validFrom), textAt(validUntil) || textAt(expirationDate)]
  return { ...(from ? { validFrom: from } : {}), ...(until ? { validUntil: until } : {}) }
}

function moreOf(credential: Record<string, unknown>, { at, label, labels, unit }: Shown): NonNullable<Facts['more']> {
  const value = textAt(at.split('.').reduce<unknown>((node, key) => objectAt(firstOf(node))[key], credential))
  return value === '' ? [] : [{ label, ...(labels ? { labels } : {}), value, ...(unit ? { unit } : {}) }]
}

/**
 * The values of a credential that share one meaning in the vocabulary with the certificate number: where somebody swapped
 * them, one of these is the number. The one that calls itself the number comes first.
 */
export function possibleNumbers(credential: Record<string, unknown>): string[] {
  const event = objectAt(firstOf(credential.evidence))
  const { batch, vaccine, manufacturer, icd11Code } = event
  const values = [numberOf(credential), batch, vaccine, manufacturer, icd11Code].map(textAt)
  return [...new Set(values.filter(isNumber))]
}

/** Whether a text could be a certificate number of a registry (DIVOC's have 9 digits, ours 9 to 18): nothing else is ever asked for. */
function isNumber(text: string): boolean {
  return /^\d{6,20}$/.test(text)
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}

function objectAt(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function textAt(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
