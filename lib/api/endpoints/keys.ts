/** The issuer's keys for everybody, and the check of a certificate on this side, as DIVOC's second generation answers it. */
import { Refusal } from '@/lib/errors'
import { jwksOf } from '@/lib/signing/jwks'
import { loadPublishedKeys } from '@/lib/signing/keys'
import type { CheckAnswer } from '@/lib/trust/answers'
import { check, type Finding } from '@/lib/trust/check'
import type { contract } from '../contract'
import { json, taggedJson, type Reply } from '../reply'
import type { Input } from '../serve'

/** GET /.well-known/jwks.json */
export async function jwks({ context }: Input<typeof contract.jwks>): Promise<Reply> {
  return taggedJson(jwksOf(await loadPublishedKeys(context.settings)), { 'cache-control': 'public, max-age=300' })
}

/** POST /vc-certification/v1/certificate/verify. DIVOC's answers 500 to what is no certificate; that is 400 here. */
export async function verifyCredential({ context, body }: Input<typeof contract.verifyCredential>): Promise<Reply> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw malformed('It is no JSON object.')
  const credential = body as Record<string, unknown>
  for (const member of ['@context', 'credentialSubject', 'proof']) {
    if (!Object.hasOwn(credential, member)) throw malformed(`${member} is missing.`)
  }
  const { proof } = credential
  if (typeof proof !== 'object' || proof === null || Array.isArray(proof)) throw malformed('proof is no single proof.')
  const { status, body: answer } = answerTo(await check(context, credential))
  return json(answer, status)
}

type Status = CheckAnswer['status']

/** Throws a Refusal for what is no certificate at all. */
function answerTo(finding: Finding): { status: number; body: CheckAnswer } {
  const { state } = finding as Pick<Status, 'state'>
  switch (finding.state) {
    case 'valid':
      return verified({ certificateStatus: 'VALID', msg: 'Genuine, and it counts.', state })
    case 'trusted': {
      const msg = `Genuine, signed by ${finding.issuer}. Whether it still counts, only that issuer knows.`
      return verified({ certificateStatus: 'VALID', msg, state })
    }
    case 'replaced': {
      const msg = 'Genuine, but a newer certificate replaced it: ask for the current one.'
      return verified({ certificateStatus: 'REVOKED', msg, startDate: finding.since, state })
    }
    case 'cancelled': {
      const cause = (finding.cause ?? undefined) as Status['cause']
      const msg = 'Genuine, but it was cancelled and counts no more.'
      return verified({ certificateStatus: 'REVOKED', msg, startDate: finding.since, state, cause })
    }
    case 'suspended': {
      const msg = 'Genuine, but suspended: it does not count at the moment.'
      const { since: startDate, until } = finding
      return verified({ certificateStatus: 'SUSPENDED', msg, startDate, endDate: until ?? undefined, state })
    }
    case 'not_yet_valid': {
      const msg = 'Genuine, but its time has not come: it does not count yet.'
      return verified({ certificateStatus: 'INVALID', msg, startDate: finding.from, state })
    }
    case 'expired': {
      const msg = 'Genuine, but its time is over: it counts no more.'
      return verified({ certificateStatus: 'INVALID', msg, endDate: finding.since, state })
    }
    case 'altered':
      return failed({ msg: 'It is not what was issued under this number: values were changed.', state }, true)
    case 'not_genuine':
      return failed({ msg: 'The signature does not match what is written.', state })
    case 'not_a_certificate':
      throw malformed('evidence is missing.')
    case 'preview':
      return failed({ msg: 'This is a preview and no certificate.', state })
    case 'sandbox':
      return failed({ msg: 'This is a test and no certificate.', state })
    case 'could_not_check':
      return failed(
        { msg: OBSTACLE[finding.obstacle], state, obstacle: finding.obstacle },
        finding.obstacle === 'registry',
      )
  }
}

const OBSTACLE = {
  issuer: 'It is signed by somebody whose key is not known here.',
  registry: 'The signature holds, but the registry has no certificate of this number.',
  vocabulary: 'It uses contexts that are not known here.',
} as const

function verified(status: Status): { status: number; body: CheckAnswer } {
  const response = { verifyResp: { verified: true } }
  return { status: 200, body: { message: 'Certificate verified', status, response } }
}

/** `holds`: the signature does, and yet it is no certificate that counts. */
function failed(status: Omit<Status, 'certificateStatus'>, holds = false): { status: number; body: CheckAnswer } {
  const response = { verifyResp: { verified: holds } }
  const body = {
    message: 'verification failed',
    status: { certificateStatus: 'INVALID', ...status },
    response,
  } as const
  return { status: 406, body }
}

function malformed(what: string): Refusal {
  return new Refusal('MALFORMED_CERTIFICATE', `This is not a signed certificate: ${what}`)
}
