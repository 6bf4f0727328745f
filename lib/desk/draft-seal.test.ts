import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sealDraft, unsealDraft } from './draft-seal'

const SECRET = 'a secret of the installation'
const mine = { operatorId: 'asha', certificateId: '448086902061' }

describe('a sealed draft', () => {
  test('opens again as it was, whatever was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(unsealDraft(SECRET, mine, sealDraft(SECRET, mine, text, randomBytes))).toBe(text)
      }),
    )
  })

  test('says nothing of what is in it, and never looks the same twice', () => {
    const one = sealDraft(SECRET, mine, 'Saraswathy T K', randomBytes)
    const other = sealDraft(SECRET, mine, 'Saraswathy T K', randomBytes)
    expect(Buffer.from(one).includes('Saraswathy')).toBe(false)
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false)
  })

  test.each([
    ['another secret', 'another secret of 16', mine],
    ['another operator', SECRET, { ...mine, operatorId: 'ben' }],
    ['another certificate', SECRET, { ...mine, certificateId: '448086902062' }],
    // The two parts of a name cannot be shifted into each other.
    ['parts that only look alike', SECRET, { operatorId: 'asha4', certificateId: '48086902061' }],
  ])('does not open with %s', (_what, secret, scope) => {
    expect(unsealDraft(secret, scope, sealDraft(SECRET, mine, 'text', randomBytes))).toBeNull()
  })

  test('does not open when any byte of it was changed or is missing', () => {
    const sealed = sealDraft(SECRET, mine, 'text', randomBytes)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Uint8Array.from(sealed)
      changed[at]! ^= 1
      expect(unsealDraft(SECRET, mine, changed), `byte ${at}`).toBeNull()
      expect(unsealDraft(SECRET, mine, sealed.slice(0, at)), `${at} bytes`).toBeNull()
    }
  })
})
