/** The typed client: one TypeScript file, made from the OpenAPI document, for whoever calls the API from a program. */
import { CLIENT_RUNTIME } from './client-runtime'
import { declarations, documented, member, typeOf } from './client-types'
import {
  operationsOf,
  parametersOf,
  refusalsIn,
  takesToken,
  type Addressed,
  type OpenApiDocument,
  type Parameter,
} from './openapi-document'

/** The source of the client, for everything that a token opens or that anyone may call. It imports nothing. */
export function clientSource(given: object): string {
  const document = given as OpenApiDocument
  const operations = operationsOf(document).filter(takesToken)
  return [
    HEAD,
    declarations(document.components.schemas),
    OPTIONS,
    operations.map(argumentsOf).join('\n\n'),
    refusalTypes(operations),
    table(operations),
    CLIENT_RUNTIME,
    clientClass(operations),
    '',
  ].join('\n\n')
}

const HEAD = `/**
 * A client for the API of Errata, made from its OpenAPI description. Do not edit: fetch it again instead.
 *
 *   const errata = new Errata({ baseUrl: 'https://certificates.example', token: 'errata_…' })
 *   const { results } = await errata.certify({ body: [item], wait: 30 })
 *   const page = await errata.certificateFile({ params: { certificateId, extension: 'pdf' } })
 *
 * One file without dependencies: Node 20 and later, Deno, Bun, browsers. Every operation takes one object and answers with
 * what the API answers; what was refused is thrown as ErrataError, no answer at all as NoAnswer.
 */
/* eslint-disable */`

const OPTIONS = `/** What every call takes. */
export interface CallOptions {
  signal?: AbortSignal
  /** An id of your own for the request: 8 to 64 letters, digits, ".", "_" and "-". */
  requestId?: string
}`

/** The argument of one operation. */
function argumentsOf(operation: Addressed): string {
  const parameters = parametersOf(operation)
  const of = (place: Parameter['in']) => parameters.filter((parameter) => parameter.in === place)
  const body = operation.requestBody?.content['application/json']?.schema
  const lines = [
    ...section('params', of('path')),
    ...section('query', of('query')),
    ...section('headers', of('header')),
    ...(body ? [`  body: ${typeOf(body, '  ')}`] : []),
    ...(waits(operation)
      ? ['  /** Seconds to wait until everything is issued or failed, at most 30. */', '  wait?: number']
      : []),
    ...(formsOf(operation).length > 1 ? ['  accept?: Form'] : []),
  ]
  const generic =
    formsOf(operation).length > 1 ? `<Form extends keyof ${upper(operation)}Forms = 'application/json'>` : ''
  const forms = generic ? `${formTypes(operation)}\n\n` : ''
  return `${forms}export interface ${upper(operation)}Arguments${generic} extends CallOptions {\n${lines.join('\n')}\n}`
}

function section(name: string, parameters: Parameter[]): string[] {
  if (parameters.length === 0) return []
  const optional = parameters.some(({ required }) => required) ? '' : '?'
  const members = parameters.map(({ name: key, required, description, schema }) => {
    return `${documented(description, '    ')}    ${member(key)}${required ? '' : '?'}: ${typeOf(schema, '    ')}`
  })
  return [`  ${name}${optional}: {`, ...members, '  }']
}

/** The forms of an answer that Accept chooses between; one form when the address decides. */
function formsOf(operation: Addressed): [type: string, text: string][] {
  const content = Object.entries(operation.responses[200]?.content ?? {})
  if (operation.path.includes('{extension}')) return [['*/*', 'Blob']]
  return content.map(([type, { schema }]) => [type, answerType(type, schema && typeOf(schema))])
}

function answerType(type: string, json: string | undefined): string {
  if (type === 'application/json') return json ?? 'unknown'
  return /^(text\/|image\/svg|application\/(vc\+)?ld\+json)/.test(type) ? 'string' : 'Blob'
}

function formTypes(operation: Addressed): string {
  const lines = formsOf(operation).map(([type, text]) => `  '${type}': ${text}`)
  return `export interface ${upper(operation)}Forms {\n${lines.join('\n')}\n}`
}

function refusalTypes(operations: Addressed[]): string {
  const all = operations.map((operation) => [operation.operationId, codesOf(operation)] as const)
  const union = (codes: string[]) => codes.map((code) => `'${code}'`).join(' | ')
  return [
    '/** The codes with which each operation can be refused. */',
    'export interface Refusals {',
    ...all.map(([name, codes]) => `  ${name}: ${union(codes)}`),
    '}',
    '',
    'const REFUSALS: Record<keyof Refusals, readonly string[]> = {',
    ...all.map(([name, codes]) => `  ${name}: [${codes.map((code) => `'${code}'`).join(', ')}],`),
    '}',
  ].join('\n')
}

function codesOf(operation: Addressed): string[] {
  const codes = Object.values(operation.responses).flatMap(refusalsIn)
  return [...new Set([...codes.map(({ code }) => code), 'INTERNAL_ERROR'])].sort()
}

/** What the client has to know of each operation when it runs. */
function table(operations: Addressed[]): string {
  const lines = operations.map((operation) => {
    const { operationId, method, path } = operation
    const keyed = parametersOf(operation).some(({ name }) => name === 'idempotency-key')
    const repeatable = keyed || method === 'GET' || method === 'HEAD'
    const accept = formsOf(operation)[0]?.[0] ?? '*/*'
    return `  ${operationId}: { method: '${method}', path: '${path}', repeatable: ${repeatable}, keyed: ${keyed}, accept: '${accept}' },`
  })
  return `const OPERATIONS = {\n${lines.join('\n')}\n}`
}

function clientClass(operations: Addressed[]): string {
  return `/** The API. Every method is one operation of its description. */
export class Errata extends Caller {
${operations.map(methodOf).join('\n\n')}

  /**
   * Waits until an accepted item is issued, and answers its transaction. Throws NotIssued when it failed, or when the
   * seconds (60 unless you say otherwise) are over.
   */
  async issued(transactionId: string, { seconds = 60, ...options }: CallOptions & { seconds?: number } = {}): Promise<Transaction> {
    const until = Date.now() + seconds * 1000
    for (;;) {
      const wait = Math.max(0, Math.min(30, Math.ceil((until - Date.now()) / 1000)))
      const transaction = await this.transaction({ params: { transactionId }, wait, ...options })
      if (transaction.state === 'issued') return transaction
      if (transaction.state === 'failed' || Date.now() >= until) throw new NotIssued(transaction)
      // A server with too many waiting answers at once.
      await pause(1, 0, options.signal)
    }
  }
}`
}

function methodOf(operation: Addressed): string {
  const { operationId: name, summary, description } = operation
  const forms = formsOf(operation)
  const comment = documented([summary, description].filter(Boolean).join('. '), '  ')
  const needed = argumentsNeeded(operation) ? '' : ' = {}'
  if (forms.length > 1) {
    return `${comment}  ${name}<Form extends keyof ${upper(operation)}Forms = 'application/json'>(given: ${upper(operation)}Arguments<Form>${needed}): Promise<${upper(operation)}Forms[Form]> {
    return this.call('${name}', given) as Promise<${upper(operation)}Forms[Form]>
  }`
  }
  const answer = operation.method === 'HEAD' ? 'void' : (forms[0]?.[1] ?? 'void')
  return `${comment}  ${name}(given: ${upper(operation)}Arguments${needed}): Promise<${answer}> {
    return this.call('${name}', given) as Promise<${answer}>
  }`
}

function argumentsNeeded(operation: Addressed): boolean {
  return Boolean(operation.requestBody) || parametersOf(operation).some(({ required }) => required)
}

function waits(operation: Addressed): boolean {
  return parametersOf(operation).some(({ name }) => name === 'prefer')
}

function upper({ operationId }: Addressed): string {
  return operationId[0]!.toUpperCase() + operationId.slice(1)
}
