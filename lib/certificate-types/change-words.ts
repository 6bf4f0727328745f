/** The words of credentials: whatever gets a place in a credential gets a meaning in its context file. Pure. */
import { base64Of, textOf } from './base64'
import { isLeaf } from './change-credential'
import { isJson, templateIn, type DraftType, type Draft, type Json, type Template } from './draft'
import { jsonText } from './json-text'

const PLACEHOLDER = { certifyV3: '{namespace}', certifyV2: '{namespace}', credential2: '{vocabulary}' } as const
const XSD = 'http://www.w3.org/2001/XMLSchema#'

/**
 * Gives every name on the way to a place a meaning, where it has none, and answers the files with it. In the form of VC
 * Data Model 2.0 words come under a number of their own: where that of the draft was in force already (`inForce`: the
 * highest one that was) they go into a file with the next number, and `type.vocabulary` says so.
 */
export function withWords(
  files: Draft['files'],
  type: DraftType,
  { template, place, kind, inForce }: { template: Template; place: string; kind: string; inForce: number },
): Draft['files'] {
  const name = contextOf(type, template)
  const words = name === null ? null : readWords(files, name)
  if (name === null || !words) return files
  if (!addWords(words, templateIn(type, template)!, place.split('.'), { template, kind })) return files
  const content = base64Of(`${jsonText(words)}\n`)
  if (template !== 'credential2') return { ...files, [name]: content }
  const vocabulary = type.vocabulary as { version: number; context: string }
  if (vocabulary.version > inForce) return { ...files, [name]: content }
  const next = Math.max(vocabulary.version, inForce) + 1
  const file = nextFile(name, next)
  type.vocabulary = { version: next, context: file }
  const { [name]: _before, ...others } = files
  return { ...others, [file]: content }
}

/** The context file of a template; null where there is none. */
export function contextOf(type: DraftType, template: Template): string | null {
  const holder = template === 'credential2' ? type.vocabulary : isJson(type.forms) ? type.forms[template] : null
  return isJson(holder) && typeof holder.context === 'string' ? holder.context : null
}

/** "context-2-v1.json" with the number 3 is "context-2-v3.json". */
function nextFile(name: string, version: number): string {
  const stem = name.replace(/\.json$/, '').replace(/-v\d+$/, '')
  return `${stem}-v${version}.json`
}

function readWords(files: Draft['files'], name: string): Json | null {
  try {
    const words: unknown = JSON.parse(textOf(files[name] ?? ''))
    return isJson(words) && isJson(words['@context']) ? words : null
  } catch {
    return null
  }
}

/**
 * Goes down a template beside the contexts that count there, as JSON-LD has it: a property's own context goes on below
 * it, a type's counts for its object alone. Answers whether words came in.
 */
function addWords(
  words: Json,
  root: Json,
  steps: string[],
  { template, kind }: { template: Template; kind: string },
): boolean {
  let contexts: Json[] = [words['@context'] as Json]
  let node: unknown = root
  let added = false
  steps.forEach((step, at) => {
    const here = [...typeContexts(node, contexts), ...contexts]
    const isLast = at === steps.length - 1
    const child = isJson(node) ? firstOf(node[step]) : undefined
    const known = here.map((context) => context[step]).find((term) => term !== undefined)
    if (known === undefined && !isOfTheStandard(step, at, template)) {
      here[0]![step] = isLast || isLeaf(child) ? term(here, step, template, kind) : objectTerm(here, step, template)
      added = true
    }
    const inner = isJson(known) && isJson(known['@context']) ? [known['@context']] : []
    contexts = [...inner, ...contexts]
    node = child
  })
  return added
}

/** What the contexts of the W3C say. */
function isOfTheStandard(step: string, at: number, template: Template): boolean {
  const always = ['id', 'type', '@context', ...(template === 'credential2' ? ['name', 'description'] : [])]
  const atTop = ['credentialSubject', 'evidence', 'issuer', 'validFrom', 'validUntil', 'issuanceDate', 'expirationDate']
  return always.includes(step) || (at === 0 && atTop.includes(step))
}

function typeContexts(node: unknown, contexts: Json[]): Json[] {
  if (!isJson(node)) return []
  const types = [node.type].flat().filter((name): name is string => typeof name === 'string')
  return types
    .map((name) => contexts.map((context) => context[name]).find((term) => term !== undefined))
    .flatMap((term) => (isJson(term) && isJson(term['@context']) ? [term['@context']] : []))
}

function term(contexts: Json[], name: string, template: Template, kind: string): unknown {
  const id = addressOf(contexts, name, template)
  const day = { date: `${XSD}date`, instant: `${XSD}dateTime` }[kind]
  return template === 'credential2' && day ? { '@id': id, '@type': day } : id
}

/** A new object in a credential: what is in it is said by the same words. */
function objectTerm(contexts: Json[], name: string, template: Template): unknown {
  const id = addressOf(contexts, name, template)
  return template === 'credential2' ? { '@id': id, '@type': '@id' } : id
}

function addressOf(contexts: Json[], name: string, template: Template): string {
  const placeholder = PLACEHOLDER[template]
  if (template === 'credential2') return `${placeholder}#${name}`
  const [prefix] = contexts.flatMap(
    (context) => Object.entries(context).find(([, value]) => value === placeholder) ?? [],
  )
  return typeof prefix === 'string' ? `${prefix}:${name}` : `${placeholder}${name}`
}

function firstOf(node: unknown): unknown {
  return Array.isArray(node) ? node[0] : node
}
