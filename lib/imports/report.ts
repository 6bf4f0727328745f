/** What an import says at its end, on the screen and in its file. Pure. */
import { csvLine } from '@/lib/audit/csv'
import type { Account, AccountLine, KeyLine } from './account'
import type { ConfigurationReport } from './configuration/import-configuration'
import type { Note } from './configuration/notes'
import type { Verified } from './verify-imported'

const COLUMNS = ['file', 'line', 'kind', 'certificateId', 'outcome', 'codes', 'about', 'message']

/** Everything that was handed over with what became of it. */
export interface Reported {
  notes: readonly Note[]
  keys: readonly KeyLine[]
  lines: readonly AccountLine[]
}

/** Every key of the configuration, public key and row: CSV for a name that ends so, else JSON lines. */
export function reportFile(name: string, { notes, keys, lines }: Reported): string {
  if (name.endsWith('.csv')) {
    return [COLUMNS, ...notes.map(cellsOfNote), ...keys.map(cellsOfKey), ...lines.map(cellsOfLine)]
      .map(csvLine)
      .join('')
  }
  const written = notes.map((note) => ({ kind: 'configuration', ...note }))
  const named = keys.map((key) => ({ kind: 'key', ...key }))
  return [...written, ...named, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
}

function cellsOfNote({ key, outcome, place, message }: Note): string[] {
  return [key, '', 'configuration', '', outcome, '', place ?? '', message]
}

function cellsOfKey(key: KeyLine): string[] {
  return [key.file, '', 'key', '', key.outcome, '', key.thumbprint, saidOfKey(key)]
}

function cellsOfLine({ file, line, kind, certificateId, outcome, findings }: AccountLine): string[] {
  const codes = findings.map(({ code }) => code).join(' ')
  const about = findings.flatMap((finding) => finding.about ?? []).join(' ')
  return [
    file,
    String(line),
    kind,
    certificateId ?? '',
    outcome,
    codes,
    about,
    findings.map(({ message }) => message).join(' '),
  ]
}

/** How many rows there were of each outcome and finding. */
export function summaryOf({ counts, lines, keys }: Account, dryRun: boolean): string {
  const { rows, imported, applied, kept, not_imported, unaccounted, ...codes } = counts
  const messages = new Map(
    lines.flatMap(({ findings }) => findings.map(({ code, message }) => [code, message] as const)),
  )
  return [
    `${dryRun ? 'Nothing was written. It would be:' : 'Done:'} ${rows} rows`,
    `  ${imported} certificates imported, ${applied} revocations applied, ${kept} kept for certificates that did not come along`,
    `  ${not_imported} rows not imported, ${unaccounted} unaccounted`,
    ...Object.entries(codes).map(([code, n]) => {
      const name = code.replace('code:', '')
      return `  ${String(n).padStart(8)}  ${name}: ${messages.get(name)}`
    }),
    keysText(keys),
  ].join('\n')
}

/** Each key, and whether verifiers are told of it. */
export function keysText(keys: readonly KeyLine[]): string {
  return ['Public keys:', ...keys.map((key) => `  ${key.file}, ${key.thumbprint}: ${saidOfKey(key)}`)].join('\n')
}

function saidOfKey({ signed, outcome }: KeyLine): string {
  if (outcome === 'published') return `published, ${signed} rows verify with it`
  return 'not published: no row was given that verifies with it'
}

const OUTCOMES = { taken: 'Taken over', differs: 'Differs', not_taken: 'Not taken over' } as const

/** What was taken of the configuration, what differs, what could not be, and where the draft is. */
export function configurationText({ notes, version, errors, warnings }: ConfigurationReport, dryRun: boolean): string {
  const sections = (['taken', 'differs', 'not_taken'] as const).flatMap((outcome) => {
    const those = notes.filter((note) => note.outcome === outcome)
    return those.length === 0 ? [] : [`${OUTCOMES[outcome]}:`, ...those.map(lineOfNote)]
  })
  const checked = [...errors.map((one) => ['error', one] as const), ...warnings.map((one) => ['warning', one] as const)]
  return [
    'Configuration',
    ...sections,
    ...checked.map(([what, { path, message }]) => `  ${what} at ${path}: ${message}`),
    draftLine(version, errors.length, dryRun),
  ].join('\n')
}

function lineOfNote({ key, place, message }: Note): string {
  return `  ${key}${place === null ? '' : ` ${place}`}: ${message}`
}

function draftLine(version: ConfigurationReport['version'], errors: number, dryRun: boolean): string {
  if (version === null) return dryRun ? 'Nothing was written.' : 'The type in force says all of it already.'
  const { name, number, isNew } = version
  const where = `version ${number} of ${name}`
  if (!isNew) return `It stands already as ${where}.`
  const how =
    errors > 0
      ? `It has ${errors} error(s): mend them there before it can be published.`
      : 'Preview and publish it there.'
  return `It is kept as a draft, ${where}: /administration/types/${name}. ${how}`
}

/** What verifiers would say of all of it. */
export function verifiedText({ certificates, revocations, wrong }: Verified): string {
  const said = `${certificates} certificates and ${revocations} revocations checked as a verifier does: ${wrong.length} wrong.`
  return [said, ...wrong.slice(0, 20).map(({ certificateId, verdict }) => `  ${certificateId}: ${verdict}`)].join('\n')
}
