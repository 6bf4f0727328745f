/** `npm run import:divoc`: takes over the registry and the configuration of a DIVOC deployment. Run by lib/start/import-divoc.mjs. */
import { createPublicKey } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import bs58 from 'bs58'
import { liveContext } from './certificates/context'
import type { Context } from './certificates/context'
import { keyLines, type Account } from './imports/account'
import type { GivenKey } from './imports/check-row'
import { importConfiguration } from './imports/configuration/import-configuration'
import { readConfiguration, type Configuration } from './imports/configuration/read'
import { importRegistry, type ImportOptions } from './imports/import-registry'
import { configurationText, keysText, reportFile, summaryOf, verifiedText, type Reported } from './imports/report'
import { verifyImported } from './imports/verify-imported'
import { loadPublishedKeys } from './signing/keys'
import { KEY_PROBLEMS, readKeys, type HandedKey } from './verification/key-text'

const USAGE = `npm run import:divoc -- [--configuration etcd/] --key public.pem [--key former.pem]... [--verify]
                         [--report import.jsonl] [--dry-run] certificates.jsonl revoked.jsonl

  Files: rows of VaccinationCertificate and RevokedCertificate, one JSON object on a line, in any number of files. All rows
         that belong together have to be given in one call.
  --configuration  the folder that etcd was filled from (DDCC_TEMPLATE.template, ICD.json, …; public keys as *.pem), or a
         file: etcdctl get "" --prefix -w json. It becomes a draft of the certificate type, to be previewed and published.
         With it alone no rows are imported, and no key is published.
  --key  a public key (PEM, base58, JWK or did.json) that the certificates were signed with. When at least one of them
         verifies with it, it is published from then on like a former key of this installation. CERTIFICATE_DID and the two
         namespaces have to be set as they were there.
  --verify  afterwards every certificate is checked as a verifier in the field does: QR code, signature, state.
  --report  what became of every key and row: JSON lines, or CSV for a name that ends in .csv.

Interrupted, start it again with the same files: it goes on. Ends with 0 when everything was taken over, 2 when some rows were
not (the report says which and why), 1 when it could not be done.`

/** Every so many rows a line of progress. */
const SAY_EVERY = 5000

interface Options {
  files: string[]
  configuration: Configuration | null
  keys: GivenKey[]
  report: string
  dryRun: boolean
  verify: boolean
}

async function run(args: string[]): Promise<number> {
  const options = optionsOf(args)
  const context = liveContext()
  try {
    return await importAll(context, options)
  } finally {
    await context.db.$disconnect()
  }
}

function optionsOf(args: string[]): Options {
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      configuration: { type: 'string' },
      key: { type: 'string', multiple: true, default: [] },
      report: { type: 'string', default: 'import-report.jsonl' },
      'dry-run': { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
    },
  })
  const configuration = values.configuration === undefined ? null : readConfiguration(values.configuration)
  const keys = [
    ...values.key.flatMap((file) => keysOf(file, readFileSync(file, 'utf8'))),
    ...[...(configuration?.keys ?? [])].flatMap(([name, text]) => keysOf(name, text)),
  ]
  if (files.length === 0 ? configuration === null : keys.length === 0) throw new Error(USAGE)
  return { files, configuration, keys, report: values.report, dryRun: values['dry-run'], verify: values.verify }
}

async function importAll(context: Context, options: Options): Promise<number> {
  const { files, configuration, keys, report, dryRun, verify } = options
  const configured = configuration && (await importConfiguration(context, configuration, { dryRun }))
  if (configured) say(configurationText(configured, dryRun))
  if (files.length === 0) {
    const unproven = keyLines(keys, [])
    writeReport(report, { notes: configured?.notes ?? [], keys: unproven, lines: [] })
    if (keys.length > 0) say(`${keysText(unproven)}\nGive the rows: keys that they verify with are published.`)
    return 0
  }
  // Said before an hour of work, not after it.
  if (verify) await loadPublishedKeys(context.settings)
  const account = await importRegistry(context, { files, keys, dryRun, onProgress: progress() })
  writeReport(report, { notes: configured?.notes ?? [], keys: account.keys, lines: account.lines })
  say(summaryOf(account, dryRun))
  say(`Every row with what became of it: ${report}`)
  if (account.counts.unaccounted !== 0) throw new Error(`${account.counts.unaccounted} rows are not accounted for.`)
  if (verify && !dryRun) await verifyAll(context, account)
  return account.counts.not_imported === 0 ? 0 : 2
}

async function verifyAll(context: Context, account: Account): Promise<void> {
  let said = 0
  const verified = await verifyImported(context, account, (done, of) => {
    if (done - said < SAY_EVERY && done < of) return
    said = done
    say(`${done} of ${of} rows checked`)
  })
  say(verifiedText(verified))
  if (verified.wrong.length > 0) throw new Error('Not everything that was imported verifies.')
}

function progress(): ImportOptions['onProgress'] {
  let said = 0
  return (step, done, of) => {
    if (done - said < SAY_EVERY && done > said) return
    said = done
    say(step === 'read' ? `${done} rows read and verified` : `${done} of ${of} certificates written`)
  }
}

function keysOf(file: string, text: string): GivenKey[] {
  const read = readKeys(text)
  if ('problem' in read) throw new Error(`${file}: ${KEY_PROBLEMS[read.problem]}`)
  return read.keys.map((key) => ({ file, key: keyObject(key) }))
}

function keyObject({ algorithm, publicKey }: HandedKey): GivenKey['key'] {
  if (algorithm === 'RSA') return createPublicKey(publicKey)
  const x = Buffer.from(bs58.decode(publicKey)).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** Whole or not at all: a report that was half written would be believed. */
function writeReport(file: string, reported: Reported): void {
  writeFileSync(`${file}.part`, reportFile(file, reported))
  renameSync(`${file}.part`, file)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
