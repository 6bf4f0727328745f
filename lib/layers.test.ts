/** Who may import whom, who may ask the environment, who may speak SQL: read from every source file in every run. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')

interface Source {
  /** Relative to the root, with forward slashes. */
  path: string
  text: string
  /** Files of ours (relative to the root, without extension) and names of packages. */
  imports: string[]
}

/** The start scripts and the tests' own equipment stand outside the layers of the product. */
const EQUIPMENT = /^lib\/(testing|embedded|start)\/|^lib\/(start|migrate|database-role)\.mjs$|\.(test|bench)\.tsx?$/
const ROOT_OF_LIB = 'lib/(config|errors|log|own-turn|together|uuid|operations/(metrics|tracing))$'

/** What a part may import of ours, besides its own folder. The first line that fits a file counts. */
const MAY_IMPORT: [part: RegExp, allowed: RegExp][] = [
  [/^app\//, /^(app|components|lib)\//],
  [/^proxy\.ts$/, /^lib\/|^components\/language$/],
  [
    /^components\//,
    /^components\/|^lib\/api\/(call|contract)$|^lib\/[^/]+\/(answers|kinds)$|^lib\/auth\/(roles|scopes)$|^lib\/webhooks\/events$|^lib\/certificates\/(schema|diff|record|dates|hidden|core-data|draft-in-browser|time-zones)$|^lib\/verification\/|^lib\/certificate-types\/(type|declaration|pattern|base64|change|change-credential|change-fields|compare|draft|json-text|line-diff|names-of-fields|sequence)$|^lib\/errors$/,
  ],
  // Pure: types, errors and the type declaration only.
  [
    /^lib\/certificates\/(rules|credential|diff)\.ts$/,
    /^lib\/(errors|config|certificate-types\/(type|pattern)|auth\/roles)$|^lib\/certificates\/(record|answers|caller|dates|schema)$/,
  ],
  [
    /^lib\/certificates\//,
    new RegExp(
      `^lib/(certificates|certificate-types|signing|rendering|queue)/|^lib/auth/roles$|^lib/db$|^lib/verification/verify-data$|^${ROOT_OF_LIB}`,
    ),
  ],
  // What a browser verifies with: nothing of the server's.
  [/^lib\/verification\//, /^lib\/(verification|signing|rendering)\/|^lib\/errors$/],
  // Around the certificates: holders' links and reports, the clerk's desk, people and facilities, developers' calls.
  [
    /^lib\/(approvals|bulk|holders|desk|people|developers|audit|imports|openings|recalls|reissues|status-lists|trust|type-checks|vc-api|vc-certification|webhooks)\//,
    new RegExp(
      `^lib/(approvals|bulk|holders|desk|people|developers|audit|imports|openings|recalls|reissues|status-lists|trust|type-checks|vc-api|vc-certification|webhooks|certificates|certificate-types|signing|queue|verification|rendering|auth)/|^lib/db$|^${ROOT_OF_LIB}`,
    ),
  ],
  // Versions in the database, and what is in force.
  [
    /^lib\/certificate-types\/(document|live|plant|seed|store|words-of)\.ts$/,
    new RegExp(`^lib/(certificate-types|signing|queue)/|^lib/db$|^${ROOT_OF_LIB}`),
  ],
  [/^lib\/certificate-types\//, new RegExp(`^lib/certificate-types/|^${ROOT_OF_LIB}`)],
  [/^lib\/signing\//, new RegExp(`^lib/signing/|^lib/certificate-types/.*\\.json$|^lib/db$|^${ROOT_OF_LIB}`)],
  [/^lib\/(rendering|queue)\//, new RegExp(`^lib/(rendering|queue)/|^lib/db$|^${ROOT_OF_LIB}`)],
  // The processes themselves: how they are, what they count.
  [
    /^lib\/operations\//,
    new RegExp(
      `^lib/(operations|certificates|certificate-types|desk|people|signing|queue|status-lists)/|^lib/db$|^${ROOT_OF_LIB}`,
    ),
  ],
  [/^lib\/auth\//, new RegExp(`^lib/(auth|audit)/|^lib/certificates/caller$|^lib/db$|^${ROOT_OF_LIB}`)],
  [
    /^lib\/api\//,
    new RegExp(
      `^lib/(api|auth|operations|certificates|certificate-types|signing|rendering|queue|verification|approvals|bulk|holders|desk|people|developers|audit|imports|openings|recalls|reissues|status-lists|trust|type-checks|vc-api|vc-certification|webhooks)/|^lib/db$|^${ROOT_OF_LIB}`,
    ),
  ],
  [/^lib\/[^/]+$/, /^lib\//],
  [/^prisma\//, /^(lib|prisma)\//],
]

const MAY_USE_NEXT = /^(app|components)\/|^lib\/api\/(serve|caller)\.ts$|^lib\/auth\/|^(proxy|instrumentation)\.ts$/
const MAY_READ_ENVIRONMENT = /^lib\/config\.ts$/
/** Modules of the database driver and of Prisma's client. */
const MAY_SPEAK_SQL =
  /^lib\/(approvals|bulk|certificates|certificate-types|holders|desk|people|developers|audit|imports|openings|operations|recalls|reissues|status-lists|trust|vc-api|vc-certification|webhooks)\/store[^/]*\.(ts|mjs)$|^lib\/certificates\/reach\.ts$|^lib\/queue\/|^lib\/auth\/|^lib\/(db|raw-statements)\.ts$|^prisma\/seed\.ts$/

/** What reads private keys, or signs with them: for the worker and the command that rotates keys. */
const KNOW_PRIVATE_KEYS = ['signing-keys', 'live-keys', 'private-key-file', 'external-signer', 'rotation'].map(
  (name) => `lib/signing/${name}.ts`,
)

const sources = ['app', 'components', 'lib', 'prisma', 'proxy.ts', 'instrumentation.ts']
  .flatMap(filesBelow)
  .filter((path) => !EQUIPMENT.test(path))
  .map(read)

describe('layers', () => {
  test('there are sources to look at', () => {
    expect(sources.length).toBeGreaterThan(20)
  })

  test('every file imports only what its layer may', () => {
    const wrong = sources.flatMap(({ path, imports }) => {
      const allowed = MAY_IMPORT.find(([part]) => part.test(path))?.[1]
      return imports.filter(isOurs).flatMap((name) => (allowed?.test(name) ? [] : [`${path} imports ${name}`]))
    })
    expect(wrong).toEqual([])
  })

  test('nothing of the product imports the tests’ equipment or the start scripts', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.filter((name) => /^lib\/(testing|embedded|start)\b/.test(name)).map((name) => `${path} imports ${name}`),
    )
    expect(wrong).toEqual([])
  })

  test('nothing that a public page draws with is of Next', () => {
    const own = sources.filter(({ path }) => path.startsWith('components/public-pages/'))
    const reached = reachedFrom(own)
    const drawn = sources.filter(({ path }) => reached.has(path))
    expect(drawn.map(({ path }) => path)).toContain('components/verify/verify-page.tsx')
    const wrong = [...own, ...drawn].filter(({ imports }) => imports.some((name) => /^next(-auth)?($|\/)/.test(name)))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('no private key can be loaded by anything that the web server runs', () => {
    const open = sources.filter(({ path }) => /^app\/|^(proxy|instrumentation)\.ts$/.test(path))
    expect(open.length).toBeGreaterThan(20)
    const reached = reachedFrom(open)
    expect(reached.has('lib/signing/keys.ts')).toBe(true)
    const wrong = KNOW_PRIVATE_KEYS.filter((path) => reached.has(path)).map(
      (path) => `${reached.get(path)} imports ${path}`,
    )
    expect(wrong).toEqual([])
    const paths = sources.map(({ path }) => path)
    for (const path of KNOW_PRIVATE_KEYS) expect(paths).toContain(path)
  })

  test('next/* stays where requests come in and pages are drawn', () => {
    const wrong = sources
      .filter(
        ({ path, imports }) => !MAY_USE_NEXT.test(path) && imports.some((name) => /^next(-auth)?($|\/)/.test(name)),
      )
      .map(({ path }) => path)
    expect(wrong).toEqual([])
  })

  test('a page brings the endpoints that it asks, never the table of all', () => {
    const all = sources.filter(({ path, text }) => {
      return path.startsWith('components/') && /^import (?!type )[^;']*from '@\/lib\/api\/contract'/m.test(text)
    })
    expect(all.map(({ path }) => path)).toEqual([])
  })

  test('process.env is read in config.ts alone', () => {
    const wrong = sources.filter(({ path, text }) => !MAY_READ_ENVIRONMENT.test(path) && /\bprocess\.env\b/.test(text))
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('SQL and the Prisma client stay in the store files, the queue, auth and the seed', () => {
    const sql = /\$(queryRaw|executeRaw)|\bPrisma\.sql\b/
    const wrong = sources.filter(
      ({ path, text, imports }) =>
        !MAY_SPEAK_SQL.test(path) &&
        (sql.test(text) || imports.some((name) => /^(pg|@prisma\/.*|lib\/generated\/.*)$/.test(name))),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('no file has a name that promises nothing', () => {
    const empty = /(^|\/)(helpers?|utils?|common|managers?|index)\.(ts|tsx|mjs)$/
    expect(sources.map(({ path }) => path).filter((path) => empty.test(path))).toEqual([])
  })
})

/** What these sources bring along: each path with that of a source that imports it. */
function reachedFrom(first: Source[]): Map<string, string> {
  const byName = new Map(sources.map((source) => [source.path.replace(/\.(tsx?|mjs)$/, ''), source]))
  const reached = new Map<string, string>()
  const open = [...first]
  for (let next = open.pop(); next; next = open.pop()) {
    for (const name of next.imports) {
      const file = byName.get(name)
      if (!file || reached.has(file.path)) continue
      reached.set(file.path, next.path)
      open.push(file)
    }
  }
  return reached
}

function filesBelow(path: string): string[] {
  const full = join(root, path)
  if (path === 'lib/generated' || !existsSync(full)) return []
  if (statSync(full).isDirectory()) return readdirSync(full).flatMap((name) => filesBelow(`${path}/${name}`))
  return /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts') ? [path] : []
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const names = ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName)
  return { path, text, imports: names.map((name) => target(path, name)) }
}

function target(path: string, name: string): string {
  if (name.startsWith('@/')) return name.slice(2)
  if (name.startsWith('.')) return relative(root, resolve(root, dirname(path), name)).replaceAll('\\', '/')
  return name
}

/** The generated database client has its own rule, about SQL. */
function isOurs(name: string): boolean {
  return !name.startsWith('lib/generated/') && /^(app|components|lib|prisma|e2e)\//.test(name)
}
