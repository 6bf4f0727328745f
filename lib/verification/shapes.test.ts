/** The stored shapes are what the contexts compile to today, and they cover what DIVOC's signer and ours sign. */
import { describe, expect, test } from 'vitest'
import { canonicalForm } from '@/lib/signing/canonical'
import { compileShape } from '@/lib/signing/compile'
import { credentialTemplate } from '@/lib/signing/fast'
import { referenceFor } from '@/lib/signing/generic'
import { CREDENTIALS_V1, formOfNamespace } from '@/lib/signing/names'
import { RULES } from '@/lib/signing/rules'
import { storedShapes } from '@/lib/testing/stored-shapes'
import { VECTORS } from '@/lib/testing/vectors'
import { credentialProgram, proofProgram } from './shapes'

const OWN = { namespace: 'https://health.example/vaccination/v2', namespaceV1: 'https://health.example/vaccination/v1' }

// After a change of the contexts or of a certificate type: `npm run test:unit -- lib/verification/shapes -u`
test('the file holds what the certificate type and its contexts compile to', async () => {
  await expect(await storedShapes()).toMatchFileSnapshot('shapes.json')
})

describe.each(VECTORS)('$name', ({ signed, keyType }) => {
  const { proof, ...credential } = JSON.parse(signed)
  const { jws: _jws, ...options } = proof

  test('is written as the program that the server compiles writes it', async () => {
    const namespace = credential['@context'][1]
    const template = credentialTemplate(namespace, formOfNamespace(namespace, OWN)!)
    const compiled = await compileShape(template, referenceFor([CREDENTIALS_V1, namespace], OWN))
    const form = canonicalForm(credentialProgram(namespace, OWN)!, credential, RULES)
    expect(form).toBe(canonicalForm(compiled, credential, RULES))
    expect(form).toContain('_:c14n0')
  })

  test('has proof options of the stored shape', () => {
    const document = { '@context': 'https://w3id.org/security/v2', ...options }
    expect(canonicalForm(proofProgram(keyType), document, RULES)).toContain('assertionMethod')
  })
})

test('a namespace that is not pinned, or that JSON-LD takes for a prefix, has no stored shape', () => {
  expect(credentialProgram(OWN.namespace, OWN)).not.toBeNull()
  expect(credentialProgram(OWN.namespaceV1, OWN)).not.toBeNull()
  const other = 'https://elsewhere.example/v2'
  expect(credentialProgram(other, OWN)).toBeNull()
  expect(credentialProgram(undefined, OWN)).toBeNull()
  for (const namespace of [`${other}#`, `${other}/`]) {
    expect(credentialProgram(namespace, { ...OWN, namespace })).toBeNull()
  }
})
