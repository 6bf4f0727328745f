/** An import as a process of its own for crash tests: says "at <step> <n>" once that many rows are done, and stands still. */
import { createPublicKey } from 'node:crypto'
import { liveContext } from '@/lib/certificates/context'
import { importRegistry } from '@/lib/imports/import-registry'

const [publicKey, stopAt, stopAfter, ...files] = process.argv.slice(2)
const keys = [{ file: 'public.pem', key: createPublicKey(publicKey!) }]
process.once('disconnect', () => process.exit())

await importRegistry(liveContext(), {
  files,
  keys,
  onProgress: async (step, done) => {
    if (step !== stopAt || done < Number(stopAfter)) return
    process.send?.('standing')
    await new Promise(() => setInterval(() => {}, 1000))
  },
})
