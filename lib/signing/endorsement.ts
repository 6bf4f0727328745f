/**
 * What one key of the issuer says of another, signed: that it is the issuer's, that it signs now, or that it counts no
 * longer. Whoever trusts the key that says so believes it, wherever it was read.
 */
import type { KeyObject } from 'node:crypto'
import { typeOf, type KeyType } from './keys'
import { verifyBytes } from './raw-signature'
import { thumbprintOf } from './thumbprint'

export type KeyState = 'known' | 'signs' | 'withdrawn'

export interface Endorsement {
  /** Of which key. */
  thumbprint: string
  state: KeyState
  /** The thumbprint of the key that says so. */
  endorser: string
  /** base64url */
  signature: string
}

/** A key that can say something: one that signs, wherever its private half is kept. */
export interface Endorser {
  publicKey: KeyObject
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

export async function endorse(by: Endorser, key: KeyObject, state: KeyState): Promise<Endorsement> {
  const thumbprint = thumbprintOf(key)
  const signature = Buffer.from(await by.sign(statement(thumbprint, typeOf(key), state))).toString('base64url')
  return { thumbprint, state, endorser: thumbprintOf(by.publicKey), signature }
}

/** Whether one of these keys says this of the key. */
export async function isEndorsed(
  endorsements: Endorsement[],
  key: KeyObject,
  state: KeyState,
  trusted: KeyObject[],
): Promise<boolean> {
  const thumbprint = thumbprintOf(key)
  const said = endorsements.filter((one) => one.thumbprint === thumbprint && one.state === state)
  if (said.length === 0) return false
  const bytes = statement(thumbprint, typeOf(key), state)
  for (const by of trusted) {
    const name = thumbprintOf(by)
    for (const { signature } of said.filter(({ endorser }) => endorser === name)) {
      if (await verifyBytes(typeOf(by), by, bytes, Buffer.from(signature, 'base64url'))) return true
    }
  }
  return false
}

/** No certificate, list or hash is signed over bytes that begin so. */
function statement(thumbprint: string, type: KeyType, state: KeyState): Uint8Array {
  return Buffer.from(`errata issuer key\n${state}\n${type}\n${thumbprint}\n`)
}
