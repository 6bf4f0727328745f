/** Words that came into the vocabulary after this program was made: asked for, shown, and never called forged without them. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import shipped from '@/lib/certificate-types/VaccinationCertificate/context.json'
import { contextDocument } from '@/lib/signing/contexts'
import { didDocument } from '@/lib/signing/did-document'
import { loadPublicKey, loadPublicKey2 } from '@/lib/signing/keys'
import { signCredential } from '@/lib/signing/sign'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { setVocabulary } from '@/lib/signing/vocabularies'
import { keySettings, VECTORS } from '@/lib/testing/vectors'
import { issuerKeysOf } from './issuer-keys'
import { verify, type Sources } from './verify'

const OWN = {
  namespace: 'https://divoc.dev/credentials/vaccination/v2',
  namespaceV1: 'https://divoc.dev/credentials/vaccination/v1',
}
const NOW = new Date('2026-11-21T08:35:00.000Z')
const { unsigned, keyType } = VECTORS.find((one) => JSON.parse(one.unsigned)['@context'][1] === OWN.namespace)!

test('a certificate with a new word is valid where the words can be had, and could not be checked where not', async () => {
  const settings = keySettings(keyType)
  const words = structuredClone(shipped) as { '@context': { Person: { '@context': Record<string, unknown> } } }
  words['@context'].Person['@context'].parentName = 'https://schema.org/parent'
  setVocabulary(OWN.namespace, { words, shapes: [] })
  const credential = JSON.parse(unsigned)
  credential.credentialSubject.parentName = 'Kamala Devi'
  const issued = JSON.stringify(await signCredential(credential, await loadSigningKey(settings), NOW))
  const served = contextDocument(OWN.namespace, OWN)
  // A browser knows what it came with.
  setVocabulary(OWN.namespace, { words: shipped, shapes: [] })
  const [present, present2] = [await loadPublicKey(settings), await loadPublicKey2(settings)]
  const keys = issuerKeysOf(JSON.parse(JSON.stringify(didDocument({ present, present2, others: [] }, settings))))
  const sources: Sources = {
    own: OWN,
    keys: async () => [keys],
    now: () => NOW,
    status: async (certificateId) => {
      const credentialHash = createHash('sha256').update(issued).digest('hex')
      return { certificateId, state: 'current', since: NOW.toISOString(), until: null, cause: null, credentialHash }
    },
    words: async () => null,
    kinds: [
      {
        names: ['ProofOfVaccinationCredential'],
        title: 'Vaccination',
        shown: [{ at: 'credentialSubject.parentName', label: 'Parent name' }],
      },
    ],
  }
  expect(await verify(issued, sources)).toMatchObject({ state: 'could_not_check' })
  const withWords = { ...sources, words: async () => ({ words: served, copy: false }) }
  const more = [{ label: 'Parent name', value: 'Kamala Devi' }]
  expect(await verify(issued, withWords)).toMatchObject({ state: 'valid', facts: { more } })
  const altered = issued.replace('Kamala Devi', 'Somebody Else')
  expect(await verify(altered, withWords)).toEqual({ state: 'not_genuine' })
  // A device that kept the words says the same without a connection; one whose copy is older calls nobody a forger.
  const kept = { ...sources, words: async () => ({ words: served, copy: true }) }
  expect(await verify(issued, kept)).toMatchObject({ state: 'valid', facts: { more } })
  expect(await verify(altered, kept)).toEqual({ state: 'not_genuine' })
  const older = { ...sources, words: async () => ({ words: shipped, copy: true }) }
  expect(await verify(issued, older)).toMatchObject({ state: 'could_not_check' })
})
