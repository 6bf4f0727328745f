/** A file of many, as DIVOC's facilities upload it, sent once in a run: its rows are certified by the workers, one after the other. */
import { contract } from '@/lib/api/contract'
import type { Attempt, Entry } from './journal'
import { answerOf } from './journal'
import { pause, TOKEN } from './world'

const ROWS = 60
const PATIENCE_MS = 90_000
const RETRY_AFTER_MS = 1500

/** Sends the file `at` milliseconds after the load began, again until somebody says that it was taken. */
export async function sendFile(seed: number, urls: string[], began: number, at: number): Promise<Entry> {
  const items = Array.from({ length: ROWS }, (_, row) => ({ code: `F${seed}-${row}`, mark: `F${row}` }))
  const path = contract.bulkCertify.path
  const entry: Entry = { n: 0, kind: 'file', method: 'POST', path, items, key: null, ifMatch: null, attempts: [] }
  await pause(began + at - Date.now())
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until && !answerOf(entry); await pause(RETRY_AFTER_MS)) {
    const web = entry.attempts.length % urls.length
    const [sentAt, form] = [Date.now(), new FormData()]
    form.set('file', new Blob([fileOf(items)]), 'chaos.csv')
    const attempt: Attempt = { at: sentAt - began, ms: 0, web, status: null }
    try {
      const headers = { authorization: `Bearer ${TOKEN}` }
      const signal = AbortSignal.timeout(25_000)
      const response = await fetch(urls[web] + path, { method: 'POST', headers, body: form, signal })
      attempt.body = await response.json()
      attempt.status = response.status
      if (response.status !== 200) attempt.code = attempt.body.code
    } catch (error) {
      attempt.code = (error as Error).name
    }
    attempt.ms = Date.now() - sentAt
    entry.attempts.push(attempt)
  }
  return entry
}

/** The documented file with a code and a batch for each row. */
function fileOf(items: Entry['items']): string {
  const [head, example] = contract.bulkCertify.upload.exampleFile.trimEnd().split('\n') as [string, string]
  const columns = head.split(',')
  const cells = example.slice(1, -1).split('","')
  const rows = items.map(({ code, mark }) => {
    const given: Record<string, string> = { preEnrollmentCode: code, vaccinationBatch: mark }
    return columns.map((column, at) => `"${given[column] ?? cells[at]!}"`).join(',')
  })
  return [head, ...rows, ''].join('\n')
}
