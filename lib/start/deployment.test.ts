/** The files for containers agree with the program, and with each other. Linters of their own formats are run by hand. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { root } from './bundle.mjs'
import { requireSharedSettings } from './in-common.mjs'
import { complaintAbout } from './node-version.mjs'

const FOLDER = join(root, '.config', 'deploy')
const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8')
const image = text('Containerfile')
const compose = parse(text('compose.yaml'), { merge: true }) as {
  services: Record<string, { build?: { dockerfile: string }; env_file: string[]; environment: Record<string, string> }>
}
const cluster = parseAllDocuments(text('kubernetes.yaml')).map((document) => document.toJS() as Resource)
const ofKind = (kind: string) => cluster.filter((resource) => resource.kind === kind)

/** What every process of the compose file gets, by name. */
const shared = parseEnv(text('settings.env'))

interface Resource {
  kind: string
  metadata: { name: string }
  data?: Record<string, string>
  spec?: {
    selector?: { matchLabels?: Record<string, string> }
    template?: {
      metadata: { labels: Record<string, string> }
      spec: { securityContext: Record<string, number>; containers: Container[] }
    }
  }
}
interface Container {
  env: { name: string; value: string }[]
  envFrom: { configMapRef?: { name: string }; secretRef?: { name: string } }[]
  ports: { containerPort: number }[]
}

/** Every name that lib/config.ts or the start reads. */
const KNOWN = new Set(
  ['lib/config.ts', ...readdirSync(join(root, 'lib', 'start')).map((name) => `lib/start/${name}`)].flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^ {2}([A-Z0-9_]+):|process\.env\.([A-Z0-9_]+)/gm)].map(
      ([, inSchema, read]) => inSchema ?? read,
    ),
  ),
)
const OF_NODE_AND_NEXT = ['NODE_ENV', 'NEXT_TELEMETRY_DISABLED']

const ours = Object.entries(compose.services).filter(([, service]) => service.build)
const pods = ofKind('Deployment').map((resource) => resource.spec!.template!.spec)
const container = (pod: (typeof pods)[number]) => pod.containers[0]!
const roleOf = (pod: (typeof pods)[number]) => container(pod).env.find(({ name }) => name === 'ROLES')?.value

test('every setting that they name is one that the program reads', () => {
  const inImage = [...image.matchAll(/^(?:ENV| +)\s*([A-Z_]+)=/gm)].map(([, name]) => name!)
  const named = [
    ...inImage.filter((name) => !OF_NODE_AND_NEXT.includes(name)),
    ...ours.flatMap(([, { environment }]) => Object.keys(environment)),
    ...Object.keys(shared),
    ...ofKind('ConfigMap').flatMap(({ data }) => Object.keys(data!)),
    ...pods.flatMap((pod) => container(pod).env.map(({ name }) => name)),
  ]
  expect(inImage).toContain('DATA_DIR')
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((name) => !KNOWN.has(name))).toEqual([])
})

test('each role runs, in a process of its own', () => {
  expect(ours.map(([, { environment }]) => environment.ROLES)).toEqual(['web', 'worker', 'relay'])
  expect(pods.map(roleOf)).toEqual(['web', 'worker', 'relay'])
  for (const [, { environment }] of ours)
    requireSharedSettings({ roles: [environment.ROLES], isWhole: false } as never, environment)
})

test('only workers get the issuer’s private keys, and relays no secret of the sessions', () => {
  const given = (name: string) =>
    ours.filter(([, { environment }]) => Object.keys(environment).some((known) => known.includes(name)))
  const mounted = (secret: string) =>
    pods.filter((pod) => container(pod).envFrom.some(({ secretRef }) => secretRef?.name === secret))
  expect(given('PRIVATE_KEY').map(([name]) => name)).toEqual(['worker'])
  expect(mounted('errata-keys').map(roleOf)).toEqual(['worker'])
  expect(given('NEXTAUTH_SECRET').map(([name]) => name)).toEqual(['web', 'worker'])
  expect(mounted('errata-sessions').map(roleOf)).toEqual(['web', 'worker'])
  expect(mounted('errata-connections').map(roleOf)).toEqual(['web', 'worker', 'relay'])
})

test('every other setting reaches all three roles, and is not put out of force again', () => {
  for (const [, { env_file }] of ours) expect(env_file).toEqual(['${ERRATA_SETTINGS:-settings.env}'])
  const byRole = new Set(ours.flatMap(([, { environment }]) => Object.keys(environment)))
  // What stands under `environment` counts more than what a file says, even where it is empty.
  expect(Object.keys(shared).filter((name) => byRole.has(name))).toEqual([])
  // A secret has its place under one role or two, so that it never needs one in the file of all.
  const secret = (name: string) => /SECRET|TOKEN|PASSWORD$|PRIVATE_KEY|^DATABASE_URL$/.test(name)
  expect(Object.keys(shared).filter(secret)).toEqual([])
  const ofABrokerElsewhere = ['KAFKA_PASSWORD']
  const nowhere = [...KNOWN].filter(
    (name) => secret(name!) && !byRole.has(name!) && !ofABrokerElsewhere.includes(name!),
  )
  expect(nowhere).toEqual([])
  const [, relay] = ours.find(([name]) => name === 'relay')!
  expect(Object.keys(relay.environment).filter(secret)).toEqual(['DATABASE_URL', 'METRICS_TOKEN'])
  for (const pod of pods) expect(container(pod).envFrom).toContainEqual({ configMapRef: { name: 'errata' } })
})

test('port, user and Node are the same everywhere', () => {
  const port = Number(/PORT=(\d+)/.exec(image)?.[1])
  expect(pods.map((pod) => container(pod).ports[0]!.containerPort)).toEqual([port, port, port])
  const user = Number(/^USER (\d+)/m.exec(image)?.[1])
  expect(pods.map(({ securityContext }) => securityContext.runAsUser)).toEqual([user, user, user])
  const versions = [...image.matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => version)
  expect(versions.length).toBe(2)
  // The newest of a line is what a tag without a minor version means.
  for (const version of versions) expect(complaintAbout(`${version}.99.0`)).toBeNull()
})

test('every deployment, and every limit of its disruption, selects the pods that it means', () => {
  for (const { spec, metadata } of ofKind('Deployment')) {
    expect(spec!.template!.metadata.labels).toMatchObject(spec!.selector!.matchLabels!)
    const budget = ofKind('PodDisruptionBudget').find(({ metadata: { name } }) => name === metadata.name)
    expect(budget?.spec?.selector).toEqual(spec!.selector)
  }
})

test('what the image is built from leaves out secrets, data and what was built here', () => {
  const left = text('Containerfile.dockerignore').split('\n')
  expect(left).toEqual(expect.arrayContaining(['.git', '.data*', '.next*', 'node_modules', '**/.env*']))
})
