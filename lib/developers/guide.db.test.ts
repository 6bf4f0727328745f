/** Every command of the first steps, run in a shell against the API. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApiServer, type ApiServer } from '@/lib/testing/api-server'
import { aToken, startApi } from '@/lib/testing/api'
import { runShell } from '@/lib/testing/shell'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { GUIDE } from './guide'

let api: Awaited<ReturnType<typeof startApi>>
let server: ApiServer

beforeAll(async () => {
  api = await startApi()
  server = await startApiServer()
})
afterAll(async () => {
  await server.close()
  await api.close()
})

const BETWEEN = '----- next step -----'

test.each([
  ['a client', false],
  ['a sandbox client', true],
])('%s that types them sees what the page says', async (_who, sandbox) => {
  const script = GUIDE.map(({ command }) => command).join(`\necho '${BETWEEN}'\n`)
  const { code, output, errors } = await runShell(`set -euo pipefail\n${script}`, {
    folder: temporaryFolder('errata-guide-'),
    env: { ERRATA_URL: server.url, ERRATA_TOKEN: await aToken({ sandbox }) },
  })
  expect(errors).toBe('')
  expect(code).toBe(0)
  const printed = output.split(`${BETWEEN}\n`)
  expect(printed).toHaveLength(GUIDE.length)
  const missing = GUIDE.flatMap(({ id, see }, step) =>
    see.filter((text) => !printed[step]!.includes(text)).map((text) => `${id}: ${text} in ${printed[step]}`),
  )
  expect(missing).toEqual([])
})
