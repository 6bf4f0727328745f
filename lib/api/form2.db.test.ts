/** The download of a certificate as VC Data Model 2.0: by Accept, by ending, behind a holder's link; older certificates too. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { liveContext } from '@/lib/certificates/context'
import { SIGN_OLDER, signOlder } from '@/lib/certificates/form2'
import { contexts2For } from '@/lib/certificates/sign2'
import { runSigningJobs } from '@/lib/queue/signing-jobs'
import { verifyCredential2 } from '@/lib/signing/eddsa'
import { loadSigningKeys, type SigningKeys } from '@/lib/signing/signing-keys'
import { aFacility, aToken, ask, issueWaiting, ORIGIN, startApi } from '@/lib/testing/api'
import { aRequest } from '@/lib/testing/builders'
import { contract } from './contract'

let api: Awaited<ReturnType<typeof startApi>>
let token: string
let keys: SigningKeys
const stop = new AbortController()
let worker: Promise<void>

beforeAll(async () => {
  api = await startApi()
  token = await aToken()
  const context = liveContext()
  keys = await loadSigningKeys(context.settings)
  const signer = { ...context, ...keys }
  worker = runSigningJobs(context, { [SIGN_OLDER]: (payload) => signOlder(signer, payload) }, stop.signal)
})
afterAll(async () => {
  stop.abort()
  await worker
  await api.close()
})

let count = 0
async function aCertificate(by = token): Promise<string> {
  const body = [aRequest({ preEnrollmentCode: `FORM2-${++count}` })]
  const answer = await ask(contract.certify, { token: by, body })
  await issueWaiting()
  return answer.body.results[0].certificateId
}
const get = (certificateId: string, by = token, accept = 'application/vc') =>
  ask(contract.certificate, { token: by, params: { certificateId }, headers: { accept } })
const file = (certificateId: string, by = token) =>
  ask(contract.certificateFile, { token: by, params: { certificateId, extension: 'vc.json' } })
const textOf = ({ bytes }: { bytes: Uint8Array }) => new TextDecoder().decode(bytes)
/** As if it had been issued before this form existed. */
const makeOlder = (certificateId: string) =>
  liveContext().db.certificate.update({
    where: { certificateId },
    data: { credential2: null, statusListId: null, statusIndex: null },
  })

test('by Accept and by ending, exactly as it was signed', async () => {
  const certificateId = await aCertificate()
  const { credential2 } = await liveContext().db.certificate.findUniqueOrThrow({ where: { certificateId } })
  const answer = await get(certificateId)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vc'])
  expect(textOf(answer)).toBe(credential2)
  expect(textOf(await file(certificateId))).toBe(credential2)
  expect((await get(certificateId, token, 'application/json')).body.certificateId).toBe(certificateId)
})

test('not for another facility, not for an unknown number', async () => {
  await aFacility('ELSEWHERE')
  const certificateId = await aCertificate()
  expect((await get(certificateId, await aToken({ facilityCode: 'ELSEWHERE' }))).status).toBe(403)
  expect((await get('999999999999')).status).toBe(404)
  expect((await get(certificateId, await aToken({ sandbox: true }))).status).toBe(404)
})

test('an older certificate is signed on demand, once, with a place of its own', async () => {
  const certificateId = await aCertificate()
  await makeOlder(certificateId)
  const [first, second] = await Promise.all([get(certificateId), file(certificateId)])
  expect([first.status, second.status]).toEqual([200, 200])
  expect(textOf(second)).toBe(textOf(first))
  const credential = JSON.parse(textOf(first))
  const checked = await verifyCredential2(credential, () => keys.key2.publicKey, { contexts: contexts2For(ORIGIN) })
  expect(checked).toEqual({ verified: true })
  const row = await liveContext().db.certificate.findUniqueOrThrow({ where: { certificateId } })
  expect(row.credential2).toBe(textOf(first))
  expect(credential.credentialStatus[0].statusListIndex).toBe(String(row.statusIndex))
  expect(credential.validFrom).toBe(row.issuedAt.toISOString())
})

test('an older one of the sandbox is signed with the test key, without a place', async () => {
  const sandbox = await aToken({ sandbox: true })
  const certificateId = await aCertificate(sandbox)
  await makeOlder(certificateId)
  const credential = JSON.parse(textOf(await get(certificateId, sandbox)))
  expect(credential.proof.verificationMethod).toMatch(/#sandbox$/)
  expect(credential).not.toHaveProperty('credentialStatus')
})

test('an older one that was replaced is not signed anew', async () => {
  const certificateId = await aCertificate()
  await makeOlder(certificateId)
  const code = `FORM2-${count}`
  await ask(contract.updateCertificates, {
    token,
    body: [aRequest({ preEnrollmentCode: code, recipient: { name: 'X Y' } })],
  })
  await issueWaiting()
  expect(await get(certificateId)).toMatchObject({ status: 406, body: { code: 'NOT_ACCEPTABLE' } })
})

test('behind a holder’s link, after the answer and not before; the pointer to ask again gives nothing away', async () => {
  const certificateId = await aCertificate()
  const made = await ask(contract.makeHolderLink, { token, params: { certificateId }, body: { days: 30 } })
  const linkToken = String(made.body.url).split('/').at(-1)!
  const params = { token: linkToken }
  expect((await ask(contract.holderCredential, { params })).status).toBe(403)
  const dateOfBirth = aRequest().recipient as { dob: string }
  const opened = await ask(contract.openHolderLink, { params, body: { dateOfBirth: dateOfBirth.dob } })
  const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
  const answer = await ask(contract.holderCredential, { params, cookie })
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/vc'])
  const credential = JSON.parse(textOf(answer))
  expect(credential.id).toBe(`${ORIGIN}/v3/certificates/${certificateId}`)
  expect(credential.refreshService.id).toBe(`${ORIGIN}/v3/certificates/${certificateId}/status`)
  const status = await ask(contract.certificateStatus, { params: { certificateId } })
  expect(status.body.state).toBe('current')
  expect(JSON.stringify(status.body)).not.toContain(credential.credentialSubject.name)
})

test('its vocabulary is served at the address that it names, to any origin, with a meaning for every word', async () => {
  const { body, headers, status } = await ask(contract.contextDocument, {
    params: { path: 'vaccination-certificate/v1' },
  })
  expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  expect(body['@context'].dose).toBe(`${ORIGIN}/contexts/vaccination-certificate/v1#dose`)
  expect(body['@context'].totalDoses).toBe(`${ORIGIN}/contexts/vaccination-certificate/v1#totalDoses`)
})
