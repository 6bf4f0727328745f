/** Types that come as files: a newer version is taken up once, a wrong one never. */
import { cpSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishedType, publishedTypes, typesChanged } from '@/lib/certificate-types/live'
import { headings, lockTypes, putInForce, tellProcesses } from '@/lib/certificate-types/store'
import { setEnvironment } from '@/lib/testing/api'
import { aContext } from '@/lib/testing/builders'
import { openTestDatabase } from '@/lib/testing/database'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { VACCINATION } from '@/lib/testing/vaccination'
import { takeUpFiles } from './take-up'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let context: ReturnType<typeof aContext>
const folder = temporaryFolder('errata-types-')
const file = join(folder, 'VaccinationCertificate', 'type.json')

beforeAll(async () => {
  cpSync('lib/certificate-types/VaccinationCertificate', join(folder, 'VaccinationCertificate'), { recursive: true })
  database = await openTestDatabase()
  setEnvironment(database.url) // for the log line of what is wrong
  context = aContext(database.url, { CERTIFICATE_TYPES_DIR: folder })
})
afterAll(async () => {
  await context.db.$disconnect()
  await database.close()
})

const SHIPPED = VACCINATION.version

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- documents of every shape
function write(change: (type: Record<string, any>) => void) {
  const type = JSON.parse(readFileSync(file, 'utf8'))
  change(type)
  writeFileSync(file, JSON.stringify(type))
}

test('a newer version of the files is published at the next start, once', async () => {
  write((type) => (type.title = 'Ours'))
  // Nobody has checked it yet, and the shipped one is not meant.
  await expect(publishedType(context)).rejects.toThrow('There is no such certificate type.')
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours')
  write((type) => Object.assign(type, { version: SHIPPED + 1, title: 'Ours, second' }))
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours, second')
  // Rolled back: the next start leaves it so.
  await context.db.$transaction(async (db) => {
    await lockTypes(db)
    await putInForce(db, 'VaccinationCertificate', SHIPPED, { id: 'a', name: 'Asha' }, context.now())
    await tellProcesses(db)
  })
  typesChanged(context)
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours')
})

test('types of the folder stand beside those that are shipped', async () => {
  cpSync('lib/certificate-types/VaccinationCertificate', join(folder, 'OwnCertificate'), { recursive: true })
  const own = join(folder, 'OwnCertificate', 'type.json')
  writeFileSync(own, readFileSync(own, 'utf8').replace('"VaccinationCertificate"', '"OwnCertificate"'))
  await takeUpFiles(context)
  const names = (await publishedTypes(context)).map(({ type }) => type.name)
  expect(names).toEqual(expect.arrayContaining(['OwnCertificate', 'VaccinationCertificate']))
  rmSync(join(folder, 'OwnCertificate'), { recursive: true })
})

const whole = () => ({ version: SHIPPED + 2, title: 'Ours, third' })

test.each<[string, () => void]>([
  ['no JSON', () => writeFileSync(file, '{"name": "Vacc')],
  ['a member of the wrong kind', () => write((type) => Object.assign(type, whole(), { title: 7 }))],
  ['a dangling path', () => write((type) => Object.assign(type, whole(), { lineage: { sequence: 'nowhere' } }))],
  [
    'a word without a meaning',
    () =>
      write((type) => {
        Object.assign(type, whole())
        type.forms.certifyV3.credential.credentialSubject.surprise = { from: 'recipient.name' }
      }),
  ],
  ['a template that reads outside its folder', () => withFile('certificate.typ', '#read("/etc/passwd")')],
  ['a template that never ends', () => withFile('certificate.typ', '#while true { }')],
  ['a logo of 50 MB', () => truncateSync(withFile('logo.svg', ''), 50 * 1024 * 1024)],
  [
    'a link out of the folder',
    () => {
      const logo = withFile('logo.svg', '')
      rmSync(logo)
      symlinkSync('/etc/hostname', logo)
    },
  ],
])('%s is left out, and what is in force stays', async (_what, spoil) => {
  const before = readFileSync(file, 'utf8')
  spoil()
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours')
  expect(await versions()).toEqual([SHIPPED, SHIPPED + 1])
  cpSync('lib/certificate-types/VaccinationCertificate', join(folder, 'VaccinationCertificate'), { recursive: true })
  writeFileSync(file, before)
})

test('once it is mended it is taken up', async () => {
  write((type) => Object.assign(type, whole()))
  await takeUpFiles(context)
  expect((await publishedType(context)).title).toBe('Ours, third')
})

test('a folder that is not there leaves the types that are shipped', async () => {
  const elsewhere = aContext(database.url, { CERTIFICATE_TYPES_DIR: join(folder, 'nowhere') })
  await takeUpFiles(elsewhere)
  expect((await publishedType(elsewhere)).title).toBe('Ours, third')
  await elsewhere.db.$disconnect()
})

/** The next version with this file in it; answers its place. */
function withFile(name: string, content: string): string {
  write((type) => Object.assign(type, whole()))
  const place = join(folder, 'VaccinationCertificate', name)
  rmSync(place, { force: true })
  writeFileSync(place, content)
  return place
}

async function versions(): Promise<number[]> {
  const rows = await headings(context.db)
  return rows.flatMap(({ name, version }) => (name === 'VaccinationCertificate' ? [version] : []))
}
