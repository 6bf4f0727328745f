/** The check of a folder of files: each way of being wrong is said with its place. */
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { checkFolder } from './folder'
import { trialRenderer } from './page'

type Json = Record<string, any> // eslint-disable-line @typescript-eslint/no-explicit-any -- documents of every shape

const setting = {
  settings: readConfig({ DATABASE_URL: 'postgresql://localhost/none' }),
  now: () => new Date('2026-05-12T10:30:00.000Z'),
}
afterAll(() => trialRenderer().close())

let count = 0
/** The shipped type in a folder of its own, as an installation would begin. */
function aFolder(): string {
  const folder = join(temporaryFolder('errata-type-'), `types-${++count}`, 'VaccinationCertificate')
  mkdirSync(folder, { recursive: true })
  cpSync('lib/certificate-types/VaccinationCertificate', folder, { recursive: true })
  changed(folder, (type) => (type.version += 1))
  return folder
}

function changed(folder: string, change: (type: Json) => void): void {
  const file = join(folder, 'type.json')
  const type = JSON.parse(readFileSync(file, 'utf8')) as Json
  change(type)
  writeFileSync(file, JSON.stringify(type))
}

test('what is shipped is right, and so is a copy of it with the next version', async () => {
  for (const folder of ['lib/certificate-types/VaccinationCertificate', aFolder()]) {
    const { errors, sizes } = await checkFolder(setting, folder)
    expect(errors).toEqual([])
    expect(sizes!.usual).toBeLessThan(sizes!.room)
  }
})

test('the three steps of the README, done as they stand there, make a type that can be published', async () => {
  const folder = aFolder()
  const guide = readFileSync('README.md', 'utf8').split('## Make it yours')[1]!.split('\n## ')[0]!
  const [field, place, word, word2, verify] = [...guide.matchAll(/```json\n([^]*?)```/g)].map(
    ([, text]) => JSON.parse(text!.startsWith('{') ? text! : `{${text}}`) as Json,
  )
  const { vocabulary, ...said } = word2!
  changed(folder, (type) => {
    type.sections[0].fields.splice(1, 0, field)
    for (const form of [type.forms.certifyV3, type.forms.certifyV2]) {
      Object.assign(form.credential.credentialSubject, place)
    }
    Object.assign(type.credential2.credentialSubject, place)
    Object.assign(type, { vocabulary, verify: [...(type.verify ?? []), ...verify!.verify] })
  })
  const words = (from: string, to: string, change: (context: Json) => void) => {
    const content = JSON.parse(readFileSync(join(folder, from), 'utf8')) as Json
    change(content['@context'])
    writeFileSync(join(folder, to), JSON.stringify(content))
  }
  for (const name of ['context.json', 'context-v1.json']) {
    words(name, name, (context) => Object.assign(context.Person['@context'], word))
  }
  words('context-2-v1.json', vocabulary.context, (context) => Object.assign(context, said))
  const { errors, version } = await checkFolder(setting, folder)
  expect(errors).toEqual([])
  expect(version!.type.sections[0]!.fields[1]!.label).toBe('Parent name')
})

test('what has no words in the second language is warned about', async () => {
  const folder = aFolder()
  changed(folder, (type) => {
    type.alsoIn = 'hi'
    type.titles = { hi: 'टीकाकरण प्रमाणपत्र' }
  })
  const { errors, warnings } = await checkFolder(setting, folder)
  expect(errors).toEqual([])
  expect(warnings).toContainEqual({
    path: '/alsoIn',
    message: expect.stringMatching(/without words in hi: .*Full name/),
  })
})

test('files that are links into the folder are read: mounted configuration is made of them', async () => {
  const folder = aFolder()
  mkdirSync(join(folder, '..data'))
  for (const name of ['type.json', 'context.json']) {
    renameSync(join(folder, name), join(folder, '..data', name))
    symlinkSync(join('..data', name), join(folder, name))
  }
  expect((await checkFolder(setting, folder)).errors).toEqual([])
})

test.each<[what: string, path: string, says: RegExp, spoil: (folder: string) => void]>([
  ['no JSON', '', /no JSON/, (folder) => writeFileSync(join(folder, 'type.json'), '{"name": "Vacc')],
  ['no type.json', '', /no type\.json/, (folder) => renameSync(join(folder, 'type.json'), join(folder, 'typ.json'))],
  [
    'a link out of the folder',
    '/files/logo.svg',
    /link that leads out/,
    (folder) => {
      renameSync(join(folder, 'logo.svg'), join(folder, '..', 'logo.svg'))
      symlinkSync('../logo.svg', join(folder, 'logo.svg'))
    },
  ],
  [
    'a type.json that is such a link',
    '',
    /link that leads out/,
    (folder) => {
      renameSync(join(folder, 'type.json'), join(folder, '..', 'type.json'))
      symlinkSync('../type.json', join(folder, 'type.json'))
    },
  ],
  [
    'a link to nothing',
    '/files/logo.svg',
    /cannot be read/,
    (folder) => {
      renameSync(join(folder, 'logo.svg'), join(folder, 'old.svg'))
      symlinkSync('gone.svg', join(folder, 'logo.svg'))
    },
  ],
  [
    'a logo of 50 MB',
    '/files/big.png',
    /far too large/,
    (folder) => {
      writeFileSync(join(folder, 'big.png'), '')
      truncateSync(join(folder, 'big.png'), 50 * 1024 * 1024)
    },
  ],
  [
    'a dangling path',
    '/credential2/credentialSubject/name/from',
    /no field recipient\.nobody/,
    (folder) => changed(folder, (type) => (type.credential2.credentialSubject.name.from = 'recipient.nobody')),
  ],
  [
    'a word without a meaning',
    '/forms/certifyV3/credential/credentialSubject/surprise',
    /would not be signed/,
    (folder) =>
      changed(
        folder,
        (type) => (type.forms.certifyV3.credential.credentialSubject.surprise = { from: 'recipient.name' }),
      ),
  ],
  ...['validFrom', 'expirationDate'].map((name): [string, string, RegExp, (folder: string) => void] => [
    `a day as ${name}`,
    `/forms/certifyV3/credential/${name}`,
    /must be of the kind instant, not date/,
    (folder) =>
      changed(folder, (type) => {
        type.forms.certifyV3.credential[name] = { derive: 'whenGiven', from: 'vaccination.effectiveUntil' }
      }),
  ]),
  [
    'a second language whose script no installed font has',
    '/sections/0/fields/0/labels/my',
    /No installed font has “မ”/,
    (folder) =>
      changed(folder, (type) => {
        type.alsoIn = 'my'
        type.sections[0].fields[0].labels = { my: 'မြန်မာ' }
      }),
  ],
  [
    'a template that reads outside its folder',
    '/files/certificate.typ',
    /Typst says/,
    (folder) => writeFileSync(join(folder, 'certificate.typ'), '#read("../../../../etc/passwd")'),
  ],
  [
    'a template that never ends',
    '/files/certificate.typ',
    /loops/,
    (folder) =>
      writeFileSync(
        join(folder, 'certificate.typ'),
        '#let n = 0\n#for a in range(100000) { for b in range(100000) { n += 1 } }',
      ),
  ],
  [
    'a word of a shipped type with another meaning',
    '/files/context.json',
    /means something else/,
    (folder) => {
      const file = join(folder, 'context.json')
      const words = JSON.parse(readFileSync(file, 'utf8')) as Json
      words['@context'].Person['@context'].name = 'https://schema.org/alternateName'
      writeFileSync(file, JSON.stringify(words))
    },
  ],
])('%s is said with its place', async (_what, path, says, spoil) => {
  const folder = aFolder()
  spoil(folder)
  const { errors, version } = await checkFolder(setting, folder)
  expect(version).toBeNull()
  expect(errors.map((one) => one.path)).toContain(path)
  expect(errors.find((one) => one.path === path)!.message).toMatch(says)
})

test('a folder that is not there is said', async () => {
  expect((await checkFolder(setting, '/nowhere/at/all')).errors).toEqual([
    { path: '', message: 'The folder /nowhere/at/all cannot be read (ENOENT).' },
  ])
})
