/** The typed client as its users have it: fetched, compiled with all strictness, run against the API. */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { startApiServer, type ApiServer } from '@/lib/testing/api-server'
import { ask, aToken, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { CLIENT_USAGE } from './guide'

let api: Awaited<ReturnType<typeof startApi>>
let server: ApiServer
let source: string
let folder: string
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- its types are checked by the compiler below, not here
let client: any

beforeAll(async () => {
  api = await startApi()
  server = await startApiServer()
  const fetched = await ask(contract.typedClient)
  source = new TextDecoder().decode(fetched.bytes)
  folder = temporaryFolder('errata-client-')
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  writeFileSync(join(folder, 'client.mjs'), outputText)
  client = await import(/* @vite-ignore */ pathToFileURL(join(folder, 'client.mjs')).href)
})
afterAll(async () => {
  await server.close()
  await api.close()
})

/** What the compiler says about the client together with a program that uses it. */
function complaints(program: string): string[] {
  writeFileSync(join(folder, 'client.ts'), source)
  writeFileSync(join(folder, 'program.ts'), program)
  const compiled = ts.createProgram([join(folder, 'program.ts')], {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitOverride: true,
    noUnusedLocals: true,
    // Node runs such a file as it is.
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  })
  return ts.getPreEmitDiagnostics(compiled).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

describe('the types', () => {
  test('compile with all strictness, and a program that keeps to the contract with them', () => {
    expect(
      complaints(`
        import { Errata, isRefusal, type CertificationRequest } from './client'
        declare const item: CertificationRequest
        const errata = new Errata({ baseUrl: 'http://localhost', token: 'x' })
        export async function work(): Promise<string> {
          const { results } = await errata.certify({ body: [item], query: { dryRun: 'true' }, wait: 5 })
          const state: 'pending' | 'issued' | 'failed' | undefined = results[0]?.state
          const text: string = await errata.certificate({ params: { certificateId: '1' }, accept: 'application/vc+ld+json' })
          const { lineage } = await errata.certificate({ params: { certificateId: '1' } })
          const page: Blob = await errata.certificateFile({ params: { certificateId: '1', extension: 'pdf' } })
          try {
            await errata.updateCertificates({ body: [item], headers: { 'if-match': '"1"' } })
          } catch (error) {
            if (isRefusal(error, 'updateCertificates') && error.code === 'STALE_VERSION') return error.message
          }
          return [state, text, lineage.dose, page.size].join()
        }`),
    ).toEqual([])
  })

  test('fit the example that the documentation shows', () => {
    const known = `import type { CertificationRequest } from './client.ts'
      declare const item: CertificationRequest
      declare const corrected: CertificationRequest
      declare const env: Record<'ERRATA_URL' | 'ERRATA_TOKEN', string | undefined>`
    const example = CLIENT_USAGE.replace("import { env } from 'node:process'\n", '')
    expect(example).not.toBe(CLIENT_USAGE)
    expect(complaints(`${known}\n${example}\nvoid page`)).toEqual([])
  })

  test('find what does not keep to it', () => {
    const found = complaints(`
      import { Errata, isRefusal } from './client'
      const errata = new Errata({ baseUrl: 'http://localhost' })
      void errata.certify({ body: [{ preEnrollmentCode: 1 }] })
      void errata.transaction({ params: { id: '1' } })
      export const known = (error: unknown) => isRefusal(error, 'certify') && error.code === 'STALE_VERSION'`)
    expect(found).toHaveLength(3)
  })
})

describe('a program with the client', () => {
  const item = (more = {}) => aRequest({ preEnrollmentCode: `TS-${randomUUID()}`, ...more })
  const connected = async (more = {}) => new client.Errata({ baseUrl: server.url, token: await aToken(), ...more })

  test('certifies, waits, updates, waits, and gets the page', async () => {
    const errata = await connected()
    const first = item()
    const { results } = await errata.certify({ body: [first], wait: 20 })
    expect(results[0]).toMatchObject({ status: 'accepted', state: 'issued' })
    const updated = await errata.updateCertificates({ body: [{ ...first, facility: { name: 'Another' } }] })
    const transaction = await errata.issued(updated.results[0].transactionId, { seconds: 20 })
    expect(transaction).toMatchObject({ state: 'issued', certificateId: updated.results[0].certificateId })
    const { lineages } = await errata.lineages({ query: { preEnrollmentCode: first.preEnrollmentCode } })
    expect(lineages[0].current.certificateId).toBe(transaction.certificateId)
    const { certificateId } = transaction
    const page: Blob = await errata.certificateFile({ params: { certificateId, extension: 'pdf' } })
    expect((await page.text()).slice(0, 5)).toBe('%PDF-')
    const signed = await errata.certificate({ params: { certificateId }, accept: 'application/vc+ld+json' })
    expect(JSON.parse(signed).evidence[0].certificateId).toBe(certificateId)
    const replaced = { evidence: [{ certificateId: results[0].certificateId }] }
    expect(await errata.revoked({ body: replaced })).toEqual({ revoked: true })
  })

  test('hears why it was refused, as data and as a sentence', async () => {
    const errata = await connected()
    const thrown = await errata.updateCertificates({ body: [item()] }).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ name: 'ErrataError', status: 412, code: 'CERTIFICATE_NOT_FOUND' })
    expect(thrown.reference).toMatch(/^[0-9a-f-]{36}$/)
    expect(client.isRefusal(thrown, 'updateCertificates')).toBe(true)
    expect(client.isRefusal(thrown, 'ping')).toBe(false)
    const unknown = await new client.Errata({ baseUrl: server.url, token: 'wrong' }).calls().catch((e: unknown) => e)
    expect(unknown).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  test('may lose an answer: the repetition does nothing twice', async () => {
    const sent: string[] = []
    const losing: typeof fetch = async (url, init) => {
      sent.push(new Headers(init?.headers).get('idempotency-key') ?? '')
      const response = await fetch(url, init)
      if (sent.length > 1) return response
      await response.arrayBuffer()
      throw new TypeError('fetch failed')
    }
    const errata = await connected({ fetch: losing })
    const before = await liveContext().db.transaction.count()
    const { results } = await errata.certify({ body: [item()] })
    expect(results[0].status).toBe('accepted')
    expect(sent).toHaveLength(2)
    expect(sent[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(sent[1]).toBe(sent[0])
    expect(await liveContext().db.transaction.count()).toBe(before + 1)
  })

  test('does not repeat what could be done twice', async () => {
    let times = 0
    const lost: typeof fetch = async () => {
      times++
      throw new TypeError('fetch failed')
    }
    const errata = await connected({ fetch: lost })
    await expect(errata.revoked({ body: {} })).rejects.toMatchObject({ name: 'NoAnswer' })
    expect(times).toBe(1)
  })

  test('comes back when the API says so', async () => {
    let times = 0
    const busy: typeof fetch = async (url, init) => {
      if (times++ > 0) return fetch(url, init)
      const body = { code: 'TOO_MANY_REQUESTS', message: 'Too many requests. Wait 0 seconds.' }
      return Response.json(body, { status: 429, headers: { 'retry-after': '0' } })
    }
    const errata = await connected({ fetch: busy })
    expect(await errata.ping()).toBe('pong')
    expect(times).toBe(2)
  })

  test('is told what failed, and that something is still pending', async () => {
    const errata = await connected()
    const { results } = await errata.certify({ body: [item()], wait: 20 })
    const { transactionId: id } = results[0]
    const failure = { state: 'failed' as const, failureCode: 'TOO_LARGE_FOR_QR', failureMessage: 'Too much text' }
    await liveContext().db.transaction.update({ where: { id }, data: failure })
    const failed = await errata.issued(id).catch((error: unknown) => error)
    expect(failed).toMatchObject({ name: 'NotIssued', message: 'Too much text', transaction: { state: 'failed' } })
    const later = new Date('2100-01-01T00:00:00Z')
    await liveContext().db.transaction.update({ where: { id }, data: { state: 'pending', nextAttemptAt: later } })
    await expect(errata.issued(id, { seconds: 1 })).rejects.toMatchObject({ transaction: { state: 'pending' } })
  })

  test('is told when nobody answers, however often it tries', async () => {
    const errata = new client.Errata({ baseUrl: 'http://127.0.0.1:1', attempts: 2 })
    await expect(errata.ping()).rejects.toMatchObject({ name: 'NoAnswer' })
  })

  test('can be stopped', async () => {
    const errata = await connected()
    await expect(errata.ping({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })
})
