/** `npm run check:type <folder> [sample.pdf]`: what is wrong with a certificate type, before anybody publishes it. Run by lib/start/check-type.mjs. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { config } from './config'
import type { TypeVersion } from './certificate-types/document'
import { lineOf, placesIn } from './certificate-types/json-text'
import type { Finding } from './type-checks/finding'
import { checkFolder } from './type-checks/folder'
import { samplePage, trialRenderer } from './type-checks/page'
import type { Sizes } from './type-checks/sizes'

const USAGE = `npm run check:type <folder>               what is wrong with the type in a folder, and how large its QR codes become
npm run check:type <folder> <sample.pdf>  the same, and a page with sample values
                                          (behind it: large, a4, us-letter)`

const setting = { settings: config(), now: () => new Date() }

/** Answers whether the type is right. */
async function run([folder, sample, ...form]: string[]): Promise<boolean> {
  if (!folder) throw new Error(USAGE)
  const { errors, warnings, sizes, version } = await checkFolder(setting, folder)
  const placed = placeIn(join(folder, 'type.json'))
  say(warnings.map((one) => `${placed(one)}\n  warning: ${one.message}`))
  say(errors.map((one) => `${placed(one)}\n  error: ${one.message}`))
  if (!version || !sizes) {
    say([`${errors.length} ${errors.length === 1 ? 'error' : 'errors'}: this type cannot be published.`])
    return false
  }
  const { name, version: number } = version.type
  say([`${name}, version ${number}, can be published.`, sizesIn(sizes)])
  if (sample) await writeSample(version, sample, form)
  return true
}

async function writeSample(version: TypeVersion, file: string, form: string[]): Promise<void> {
  const variant = form.includes('large') ? 'large' : 'normal'
  const paper = (['a4', 'us-letter'] as const).find((one) => form.includes(one))
  const page = await samplePage(setting, version, { variant, paper })
  writeFileSync(file, await trialRenderer().render(page, version.template))
  say([`A page with sample values: ${file}`])
}

function sizesIn({ usual, longest, room }: Sizes): string {
  const bytes = (size: number) => `${size.toLocaleString('en')} bytes`
  return `QR code: ${bytes(usual)} with usual values, ${bytes(longest)} with the longest; there is room for ${bytes(room)}.`
}

/** "type.json:57 /sections/0/fields/3/codeList" */
function placeIn(file: string): (finding: Finding) => string {
  const places = existsSync(file) ? placesIn(readFileSync(file, 'utf8')) : null
  return ({ path }) => {
    if (path.startsWith('/files/')) return path.slice('/files/'.length)
    const line = places?.wrong?.line ?? (places && lineOf(places, path))
    return `type.json${line === null ? '' : `:${line}`} ${path}`.trimEnd()
  }
}

function say(lines: string[]): void {
  for (const text of lines) process.stdout.write(`${text}\n`)
}

try {
  if (!(await run(process.argv.slice(2)))) process.exitCode = 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
} finally {
  await trialRenderer().close()
}
