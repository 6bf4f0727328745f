/** `npm run import:divoc`: takes over the registry of a DIVOC deployment. Run by lib/start/import-divoc.mjs. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import bs58 from 'bs58'
import { liveContext } from './certificates/context'
import type { Account } from './imports/account'
import { importRegistry, type ImportOptions } from './imports/import-registry'
import { KEY_PROBLEMS, readKeys, type HandedKey } from './verification/key-text'

const USAGE = `npm run import:divoc -- --key public.pem [--key former.pem]... [--report import.jsonl] [--dry-run] certificates.jsonl revoked.jsonl

  Files: rows of VaccinationCertificate and RevokedCertificate, one JSON object on a line, in any number of files. All rows
         that belong together have to be given in one call.
  --key  a public key (PEM, base58, JWK or did.json) that the certificates were signed with. It is published from then on
         like a former key of this installation. CERTIFICATE_DID and the two namespaces have to be set as they were there.

Interrupted, start it again with the same files: it goes on. Ends with 0 when every row was imported, 2 when some were not
(the report says which and why), 1 when it could not be done.`

/** Every so many rows a line of progress. */
const SAY_EVERY = 5000

async function run(args: string[]): Promise<number> {
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true, default: [] },
      report: { type: 'string', default: 'import-report.jsonl' },
      'dry-run': { type: 'boolean', default: false },
    },
  })
  if (files.length === 0 || values.key.length === 0) throw new Error(USAGE)
  const keys = values.key.flatMap(keysOf)
  const dryRun = values['dry-run']
  const context = liveContext()
  let said = 0
  const onProgress: ImportOptions['onProgress'] = (step, done, of) => {
    if (done - said < SAY_EVERY && done > said) return
    said = done
    say(step === 'read' ? `${done} rows read and verified` : `${done} of ${of} certificates written`)
  }
  const account = await importRegistry(context, { files, keys, dryRun, onProgress }).finally(() =>
    context.db.$disconnect(),
  )
  writeReport(values.report, account)
  say(summaryOf(account, dryRun))
  say(`Every row with what became of it: ${values.report}`)
  if (account.counts.unaccounted !== 0) throw new Error(`${account.counts.unaccounted} rows are not accounted for.`)
  return account.counts.not_imported === 0 ? 0 : 2
}

function keysOf(file: string): KeyObject[] {
  const read = readKeys(readFileSync(file, 'utf8'))
  if ('problem' in read) throw new Error(`${file}: ${KEY_PROBLEMS[read.problem]}`)
  return read.keys.map(keyObject)
}

function keyObject({ algorithm, publicKey }: HandedKey): KeyObject {
  if (algorithm === 'RSA') return createPublicKey(publicKey)
  const x = Buffer.from(bs58.decode(publicKey)).toString('base64url')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
}

/** Whole or not at all: a report that was half written would be believed. */
function writeReport(file: string, { lines }: Account): void {
  writeFileSync(`${file}.part`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  renameSync(`${file}.part`, file)
}

function summaryOf({ counts, lines }: Account, dryRun: boolean): string {
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
  ].join('\n')
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
