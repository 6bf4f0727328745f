/** What signing and checking a credential cost, beside the bare signature of OpenSSL. */
import { sign } from 'node:crypto'
import { config } from '@/lib/config'
import { printTable, row, timesOf } from '@/lib/testing/measure'
import { vector } from '@/lib/testing/vectors'
import { loadSigningKey } from './keys'
import { signCredential, verifyCredential } from './sign'

const rows: string[][] = []
for (const keyType of ['RSA', 'ED25519'] as const) {
  const settings = { ...config(), signing: { ...config().signing, keyType } }
  const key = await loadSigningKey(settings)
  const unsigned = JSON.parse(vector(`ascii.divocdev.${keyType.toLowerCase()}`).unsigned) as object
  const signed = await signCredential(unsigned, key, new Date())
  rows.push(row(`sign ${keyType}`, await timesOf(() => signCredential(unsigned, key, new Date()))))
  rows.push(row(`verify ${keyType}`, await timesOf(() => verifyCredential(signed, key))))
  const bytes = Buffer.alloc(64, 1)
  rows.push(
    row(
      `bare signature ${keyType}`,
      await timesOf(() => sign(keyType === 'RSA' ? 'sha256' : null, bytes, key.privateKey), 1),
    ),
  )
}
printTable(['step', 'median ms', 'p95 ms', 'per second'], rows)
