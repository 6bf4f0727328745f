/** What VC Data Model 2.0 demands of credentials and presentations, said as problems with their places. Pure. */
import { CREDENTIALS_V2 } from '@/lib/signing/contexts2'
import { isTimestamp } from '@/lib/signing/eddsa'
import { statusProblems } from './status-entry'
import { isFields, isUrl, listOf, malformed, type Fields, type Problem } from './values'

/** Members whose value is one object or several, each with a type. */
const TYPED = [
  'credentialStatus',
  'credentialSchema',
  'refreshService',
  'termsOfUse',
  'evidence',
  'renderMethod',
  'confidenceMethod',
]

/** Everything wrong with a credential, secured or not; words that no context defines are found when it is canonicalised. */
export function credentialProblems(given: unknown): Problem[] {
  if (!isFields(given)) return [malformed('', 'must be an object')]
  return [
    ...contextProblems(given['@context']),
    ...idProblems(given.id, '/id'),
    ...typeProblems(given.type, '/type', 'VerifiableCredential'),
    ...textProblems(given, ''),
    ...issuerProblems(given.issuer),
    ...subjectProblems(given.credentialSubject),
    ...validityProblems(given),
    ...TYPED.flatMap((name) => typedProblems(given, name)),
    ...relatedProblems(given.relatedResource),
    ...proofProblems(given),
  ]
}

/** The same of a presentation; the credentials in it are looked at one by one elsewhere. */
export function presentationProblems(given: unknown): Problem[] {
  if (!isFields(given)) return [malformed('', 'must be an object')]
  const credentials = given.verifiableCredential
  return [
    ...contextProblems(given['@context']),
    ...idProblems(given.id, '/id'),
    ...typeProblems(given.type, '/type', 'VerifiablePresentation'),
    ...(given.holder === undefined ? [] : identified(given.holder, '/holder')),
    ...(credentials === undefined || listOf(credentials).every(isFields)
      ? []
      : [malformed('/verifiableCredential', 'must be credentials: objects, not text or numbers')]),
    ...proofProblems(given),
    ...['termsOfUse'].flatMap((name) => typedProblems(given, name)),
  ]
}

/** Outside validFrom and validUntil at this moment. */
export function periodProblems(credential: Fields, now: Date): Problem[] {
  const { validFrom, validUntil } = credential
  if (typeof validFrom === 'string' && new Date(validFrom) > now) {
    return [{ kind: 'RANGE_ERROR', path: '/validFrom', message: 'is in the future: it is not valid yet' }]
  }
  if (typeof validUntil === 'string' && new Date(validUntil) < now) {
    return [{ kind: 'RANGE_ERROR', path: '/validUntil', message: 'is over: it is not valid any more' }]
  }
  return []
}

function contextProblems(contexts: unknown): Problem[] {
  if (!Array.isArray(contexts)) return [malformed('/@context', 'must be a list')]
  if (contexts[0] !== CREDENTIALS_V2) return [malformed('/@context/0', `must be ${CREDENTIALS_V2}`)]
  const wrong = contexts.findIndex((context) => !isUrl(context) && !isFields(context))
  return wrong < 0 ? [] : [malformed(`/@context/${wrong}`, 'must be a URL or an object')]
}

function idProblems(id: unknown, path: string): Problem[] {
  return id === undefined || isUrl(id) ? [] : [malformed(path, 'must be one URL')]
}

function typeProblems(type: unknown, path: string, needed?: string): Problem[] {
  const types = listOf(type)
  if (types.length === 0 || !types.every((one) => typeof one === 'string' && one !== '')) {
    return [malformed(path, 'must be one or more types')]
  }
  return needed === undefined || types.includes(needed) ? [] : [malformed(path, `must include ${needed}`)]
}

/** name and description: text, or text with language and direction, or several of these. */
function textProblems(given: Fields, path: string): Problem[] {
  return ['name', 'description'].flatMap((name) =>
    given[name] === undefined || listOf(given[name]).every(isText)
      ? []
      : [malformed(`${path}/${name}`, 'must be text, or text with language and direction and nothing else')],
  )
}

function isText(value: unknown): boolean {
  if (typeof value === 'string') return true
  if (!isFields(value) || typeof value['@value'] !== 'string') return false
  const { '@value': _value, '@language': language, '@direction': direction, ...more } = value
  return (
    Object.keys(more).length === 0 &&
    (language === undefined ||
      (typeof language === 'string' && /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/.test(language))) &&
    (direction === undefined || direction === 'ltr' || direction === 'rtl')
  )
}

function issuerProblems(issuer: unknown): Problem[] {
  return [...identified(issuer, '/issuer'), ...(isFields(issuer) ? textProblems(issuer, '/issuer') : [])]
}

function identified(value: unknown, path: string): Problem[] {
  if (isFields(value)) return isUrl(value.id) ? [] : [malformed(`${path}/id`, 'must be a URL')]
  return isUrl(value) ? [] : [malformed(path, 'must be a URL, or an object with an id that is one')]
}

function subjectProblems(subject: unknown): Problem[] {
  const subjects = listOf(subject)
  if (subjects.length === 0) return [malformed('/credentialSubject', 'must be an object, or several')]
  return subjects.flatMap((one, index) => {
    const path = Array.isArray(subject) ? `/credentialSubject/${index}` : '/credentialSubject'
    if (!isFields(one)) return [malformed(path, 'must be an object')]
    if (Object.keys(one).length === 0) return [malformed(path, 'must say something')]
    return idProblems(one.id, `${path}/id`)
  })
}

function validityProblems({ validFrom, validUntil }: Fields): Problem[] {
  const wrong = Object.entries({ validFrom, validUntil }).flatMap(([name, value]) =>
    value === undefined || isTimestamp(value) ? [] : [malformed(`/${name}`, 'must be a time with seconds and zone')],
  )
  if (wrong.length > 0 || validFrom === undefined || validUntil === undefined) return wrong
  return new Date(String(validFrom)) <= new Date(String(validUntil))
    ? []
    : [malformed('/validUntil', 'must not be before validFrom')]
}

function typedProblems(given: Fields, name: string): Problem[] {
  if (given[name] === undefined) return []
  return listOf(given[name]).flatMap((one, index) => {
    const path = Array.isArray(given[name]) ? `/${name}/${index}` : `/${name}`
    if (!isFields(one)) return [malformed(path, 'must be an object')]
    const id = name === 'credentialSchema' ? identified(one, path) : idProblems(one.id, `${path}/id`)
    const status = name === 'credentialStatus' ? statusProblems(one, path) : []
    return [...typeProblems(one.type, `${path}/type`), ...id, ...status]
  })
}

function relatedProblems(related: unknown): Problem[] {
  if (related === undefined) return []
  const ids = new Set<string>()
  return listOf(related).flatMap((one, index) => {
    const path = Array.isArray(related) ? `/relatedResource/${index}` : '/relatedResource'
    if (!isFields(one)) return [malformed(path, 'must be an object')]
    if (!isUrl(one.id)) return [malformed(`${path}/id`, 'must be a URL')]
    if (ids.has(one.id)) return [malformed(`${path}/id`, 'is there twice')]
    ids.add(one.id)
    const { digestSRI, digestMultibase, mediaType } = one
    if (digestSRI === undefined && digestMultibase === undefined) return [malformed(path, 'must have a digest')]
    if (digestSRI !== undefined && !isSri(digestSRI)) return [malformed(`${path}/digestSRI`, 'must be a digest')]
    if (digestMultibase !== undefined && !isMultibase(digestMultibase)) {
      return [malformed(`${path}/digestMultibase`, 'must be a digest')]
    }
    return mediaType === undefined || (typeof mediaType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(mediaType))
      ? []
      : [malformed(`${path}/mediaType`, 'must be a media type')]
  })
}

/** Subresource Integrity, section 3.5; hexadecimal digits pass too, as the W3C's own examples have them. */
function isSri(value: unknown): boolean {
  return typeof value === 'string' && /^sha(256|384|512)-[A-Za-z0-9+/]{43,128}={0,2}$/.test(value)
}

function isMultibase(value: unknown): boolean {
  return typeof value === 'string' && /^[uz][A-Za-z0-9_-]{40,140}$/.test(value)
}

/** A proof is looked at as such elsewhere; here only that it is one or several objects with a type. */
function proofProblems({ proof }: Fields): Problem[] {
  if (proof === undefined) return []
  const proofs = listOf(proof)
  if (proofs.length === 0 || !proofs.every(isFields)) return [malformed('/proof', 'must be an object, or several')]
  return proofs.flatMap((one) => typeProblems((one as Fields).type, '/proof/type'))
}
