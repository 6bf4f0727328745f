/** A registry of DIVOC taken over by the command: its certificates are found, told, corrected and checked like all others. */
import { execFile } from 'node:child_process'
import { generateKeyPairSync, randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { readConfig } from '../lib/config'
import { packCredential, qrValue } from '../lib/rendering/zip'
import { bundle } from '../lib/testing/bundle'
import type * as DivocExport from '../lib/testing/divoc-export'
import { temporaryFolder } from '../lib/testing/temporary-folder'
import { expect, giveReason, replace, signIn, test, toCheck } from './journey'
import { placeOfData } from './product'
import { shot } from './shot'

const DIVOC = generateKeyPairSync('ed25519')
const folder = temporaryFolder('errata-divoc-')
/** A code and numbers that nobody else has. */
const code = `D${randomInt(1e9)}`
const first = randomInt(1e8, 9e8) * 10
const number = (n: number) => String(first + n)

/** Runs `npm run import:divoc`'s program beside the product; answers what it said. */
async function importDivoc(...args: string[]): Promise<string> {
  const program = await bundle('lib/import-divoc.ts')
  const env = { ...process.env, ...placeOfData() }
  return (await promisify(execFile)(process.execPath, [program, ...args], { env })).stdout
}

/** An original, two certificates that both replace it, and the one of the second dose, whose nationality is not known. */
async function anExport(): Promise<string[]> {
  const program = (await import(await bundle('lib/testing/divoc-export.ts'))) as typeof DivocExport
  const { certificateRow, revocationRow, signerOf, writeLines } = program
  const settings = readConfig({ DATABASE_URL: 'postgresql://localhost/errata', SIGNING_KEY_TYPE: 'ED25519' })
  const key = signerOf(settings, DIVOC.privateKey)
  const row = (n: number, made: Partial<DivocExport.MadeUp>) =>
    certificateRow(key, settings, { preEnrollmentCode: code, certificateId: number(n), ...made })
  const certificates = [
    await row(1, { name: 'Sarasvati T K' }),
    await row(2, { name: 'Sarasvathi T K', previous: number(1), createdAt: '2021-11-01T08:00:00.000Z' }),
    await row(3, { previous: number(1), createdAt: '2021-12-01T08:00:00.000Z' }),
    await row(4, { dose: 2, nationality: '', createdAt: '2022-01-10T08:00:00.000Z' }),
  ]
  const files = [join(folder, 'certificates.jsonl'), join(folder, 'revoked.jsonl')]
  writeLines(files[0]!, certificates)
  writeLines(files[1]!, [revocationRow({ certificateId: number(1), preEnrollmentCode: code }, number(2))])
  return files
}

/** Shows the verify page what the code on a certificate holds. */
async function check(page: Page, text: string, word: string): Promise<void> {
  await page.goto('/verify')
  await expect(page.getByRole('button', { name: 'Scan with the camera' })).toBeEnabled()
  await page.evaluate(
    (pasted) => {
      const data = new DataTransfer()
      data.setData('text/plain', pasted)
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    },
    qrValue(packCredential(text)),
  )
  await expect(page.getByRole('status').getByRole('heading', { name: word, exact: true })).toBeVisible()
}

test('a registry is taken over, and its certificates live on', async ({ page }) => {
  const files = await anExport()
  const pem = join(folder, 'public.pem')
  writeFileSync(pem, DIVOC.publicKey.export({ type: 'spki', format: 'pem' }))
  const said = await importDivoc('--key', pem, '--verify', '--report', join(folder, 'report.csv'), ...files)
  expect(said).toContain('4 certificates imported, 1 revocations applied')
  expect(said).toContain('4 certificates and 1 revocations checked as a verifier does: 0 wrong.')
  // The head, the key, four certificates and a revocation.
  const report = readFileSync(join(folder, 'report.csv'), 'utf8').trim().split('\n')
  expect(report).toHaveLength(7)
  expect(report[1]).toContain('published, 4 rows verify with it')

  const [, , newest, second] = readFileSync(files[0]!, 'utf8').split('\n')
  const textOf = (line: string) => (JSON.parse(line) as { certificate: string }).certificate
  await check(page, textOf(newest!), 'Valid')
  await shot(page, 'imported-verify-valid')

  await signIn(page)
  await page.getByLabel('Pre-enrollment code').fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Sarasvathy T K').first()).toBeVisible()
  await shot(page, 'imported-found')
  await page.goto(`/certificates/${number(3)}`)
  await expect(page.getByRole('heading', { name: 'Sarasvathy T K' })).toBeVisible()
  await shot(page, 'imported-record')
  await page.getByRole('link', { name: 'History' }).click()
  await expect(page.getByText('Imported from DIVOC')).toHaveCount(3)
  await expect(page.getByText('which another certificate had replaced already')).toBeVisible()
  await shot(page, 'imported-history')
  await page.setViewportSize({ width: 360, height: 800 })
  await shot(page, 'imported-history-narrow')
  await page.setViewportSize({ width: 1280, height: 800 })

  await page.goto(`/certificates/${number(4)}/correct`)
  await expect(page.getByRole('heading', { name: 'Correct this certificate' })).toBeVisible()
  await page.getByLabel('Full name').fill('Sarasvathy Kumar')
  await giveReason(page)
  await page.getByRole('button', { name: 'Check the changes' }).click()
  await expect(page.getByText('Nationality is missing').first()).toBeVisible()
  await shot(page, 'imported-asked')
  await page.getByLabel('Nationality').fill('Sri Lankan')
  await toCheck(page)
  await shot(page, 'imported-check')
  const corrected = await replace(page)
  expect(corrected).not.toBe(number(4))
  await check(page, textOf(second!), 'Replaced')
  await shot(page, 'imported-verify-replaced')
})
