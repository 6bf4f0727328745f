/** Every place that asks another machine for something, named with where its address comes from. A new one fails until it is named. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** What runs on the server, each with the addresses it asks, as they stand in the source. */
const ON_THE_SERVER: Record<string, string[]> = {
  // SIGNER_URL; redirects are refused.
  'lib/signing/external-signer.ts': ['fetch(url)'],
  // OIDC_ISSUER, and the jwks_uri that the document at that address names.
  'lib/auth/service-provider.ts': ['fetch(discoveryOf(issuer))', 'createRemoteJWKSet(new URL(keys))'],
  // JWT_JWKS_URL; what a token says (jku, x5u) leads nowhere.
  'lib/auth/bearer.ts': ['createRemoteJWKSet(new URL(url))'],
  // What administrators registered, over https at checked addresses; WEBHOOKS_ALLOW_PRIVATE names others.
  'lib/webhooks/post.ts': ['import node:dns', 'import node:http', 'import node:https', 'import node:net'],
  // No way out: what an address is.
  'lib/webhooks/addresses.ts': ['import node:net'],
  // No way out: it is asked.
  'lib/operations/health-server.ts': ['import node:http'],
  'lib/config.ts': ['import node:net'],
  // KAFKA_BOOTSTRAP_SERVERS.
  'lib/queue/kafka.ts': ['import kafkajs'],
  // DATABASE_URL.
  'lib/db.ts': ['import @prisma/adapter-pg', 'import pg'],
  'lib/raw-statements.ts': ['import pg'],
  'lib/audit/store-sealer.ts': ['import pg'],
  'lib/queue/nudge.ts': ['import pg'],
  'lib/queue/outbox.ts': ['import pg'],
  // OTEL_EXPORTER_OTLP_ENDPOINT.
  'lib/operations/trace-exporter.ts': ['import @opentelemetry/exporter-trace-otlp-http'],
  // OIDC_ISSUER once more: the sign-in itself.
  'lib/auth/next-auth.ts': ['import next-auth'],
}

/** What runs in a browser, where the pages' policy (connect-src 'self') allows our own addresses alone. */
const IN_THE_BROWSER =
  /^components\/(public\/ask\.ts|holder\/copy-worker\.ts|scan\/codes-in-pdf\.ts|verify\/(verify-worker|sources)\.ts|docs\/(use-try\.ts|token\.tsx)|print\/use-printer\.ts)$|^lib\/api\/call\.ts$/

const CALLS = new Set(['fetch', 'createRemoteJWKSet', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'sendBeacon'])
const MODULES =
  /^(node:)?(https?|http2|net|tls|dgram|dns)(\/.*)?$|^(undici|axios|got|node-fetch|ws|openid-client|kafkajs|pg|@prisma\/adapter-pg|next-auth|@opentelemetry\/exporter-.*)$/

/** Stands in every file that calls or imports one of them. */
const MENTIONED = new RegExp(
  `\\b(${[...CALLS].join('|')})\\b|['"](node:)?(https?|http2|net|tls|dgram|dns|undici|axios|got|node-fetch|ws|openid-client|kafkajs|pg|@prisma/adapter-pg|next-auth|@opentelemetry)['"/]`,
)

interface Source {
  path: string
  places: string[]
}

test(
  'the server asks other machines at the named places alone, with addresses of the settings',
  { timeout: 60_000 },
  () => {
    const found = sources().filter(({ path, places }) => places.length > 0 && !IN_THE_BROWSER.test(path))
    expect(Object.fromEntries(found.map(({ path, places }) => [path, places.sort()]))).toEqual(
      Object.fromEntries(Object.entries(ON_THE_SERVER).map(([path, places]) => [path, places.sort()])),
    )
  },
)

test('what reads a JSON-LD document takes contexts from the files that came along, never from an address', () => {
  const reading = read().filter(({ text }) => /documentLoader/.test(text))
  expect(reading.length).toBeGreaterThan(2)
  for (const { text } of reading) expect(text).not.toMatch(/documentLoaders\.(node|xhr)|useDocumentLoader/)
})

test('each way out is seen', () => {
  const text = `import { get } from 'node:https'; import type { X } from 'pg'
    fetch(address); globalThis.fetch(other, {}); new WebSocket(a.b); const later = fetch; await import('undici')`
  expect(placesIn('x.ts', text).sort()).toEqual([
    'WebSocket(a.b)',
    'fetch as a value',
    'fetch(address)',
    'fetch(other)',
    'import node:https',
    'import undici',
  ])
})

function sources(): Source[] {
  return read().map(({ path, text }) => ({ path, places: placesIn(path, text) }))
}

function read(): { path: string; text: string }[] {
  const files = ['app', 'components', 'lib'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  const ours = [...files, 'proxy.ts'].filter(
    (path) =>
      /\.(ts|tsx|mjs)$/.test(path) &&
      !/\.d\.ts$|\.(test|bench)\.tsx?$|^lib\/(generated|testing|embedded|start)\/|^lib\/(start|migrate)\.mjs$/.test(
        path,
      ),
  )
  return ours.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function placesIn(path: string, text: string): string[] {
  // Most files are done with here: a parser takes its time.
  if (!MENTIONED.test(text)) return []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const places: string[] = []
  const visit = (node: ts.Node): void => {
    const name = named(node)
    if (name) places.push(isCalled(node) ? `${name}(${addressOf(node)})` : `${name} as a value`)
    const imported = moduleOf(node)
    if (imported && MODULES.test(imported)) places.push(`import ${imported}`)
    ts.forEachChild(node, visit)
  }
  visit(file)
  return places
}

/** The name of a way out that this identifier is; not where it is declared, imported, or a member of something of ours. */
function named(node: ts.Node): string | null {
  if (!ts.isIdentifier(node) || !CALLS.has(node.text)) return null
  const { parent } = node
  if (ts.isImportSpecifier(parent) || ts.isMethodDeclaration(parent) || ts.isTypeReferenceNode(parent)) return null
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) {
    return /^(globalThis|window|self|navigator)$/.test(parent.expression.getText()) ? node.text : null
  }
  return node.text
}

function callOf(node: ts.Node): ts.CallExpression | ts.NewExpression | null {
  const callee = ts.isPropertyAccessExpression(node.parent) ? node.parent : node
  const { parent } = callee
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === callee ? parent : null
}

function isCalled(node: ts.Node): boolean {
  return callOf(node) !== null
}

function addressOf(node: ts.Node): string {
  return callOf(node)?.arguments?.[0]?.getText() ?? ''
}

function moduleOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) && !node.importClause?.isTypeOnly && ts.isStringLiteral(node.moduleSpecifier)) {
    return node.moduleSpecifier.text
  }
  const [given] =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : []
  return given && ts.isStringLiteral(given) ? given.text : null
}
