/** What went wrong in a file, over the real handlers: people read hidden fields hidden, and a long list comes in parts. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '@/lib/api/contract'
import { liveContext } from '@/lib/certificates/context'
import { anOperator, ask, aToken, cookieOf, ORIGIN, startApi } from '@/lib/testing/api'
import { runBulk } from './run'

const IDENTITY = '571304456V'
const ROWS = 1001
let close: () => Promise<void>

beforeAll(async () => {
  ;({ close } = await startApi())
})
afterAll(() => close())

test('people see hidden fields hidden, the client that sent them sees what it sent; every row is there once', async () => {
  const supervisor = {
    cookie: await cookieOf(await anOperator({ roles: ['supervisor'] })),
    headers: { origin: ORIGIN },
  }
  const client = { token: await aToken() }
  const [heads, row] = contract.bulkCertify.upload.exampleFile.trimEnd().split('\n') as [string, string]
  const identity = heads.split(',').find((head) => /identity/i.test(head))!
  const at = heads.split(',').indexOf(identity)
  const cells = row.slice(1, -1).split('","')
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const made = cells.with(at, IDENTITY).map((cell) => cell.replace('4711', `E${n}`).replace(/^1990-09-14$/, 'never'))
    return `"${made.join('","')}"`
  })
  for (const [as, seen] of [
    [client, IDENTITY],
    [supervisor, expect.stringMatching(/^•/)],
  ] as const) {
    const form = new FormData()
    form.set('file', new File([[heads, ...rows].join('\n')], 'file.csv'))
    const { status, body } = await ask(contract.bulkCertify, { ...as, raw: form })
    expect(status, JSON.stringify(body)).toBe(200)
    while ((await runBulk(liveContext())) > 0);
    const errors = await ask(contract.certifyUploadErrors, { ...as, params: { uploadId: body.ID } })
    expect(errors.body.columns).toEqual([...heads.split(','), 'errors'])
    expect(errors.body.errorRows).toHaveLength(ROWS)
    expect(new Set(errors.body.errorRows.map((one: Record<string, string>) => one.errors)).size).toBe(ROWS)
    expect(errors.body.errorRows.at(-1)[identity]).toEqual(seen)
  }
}, 60_000)
