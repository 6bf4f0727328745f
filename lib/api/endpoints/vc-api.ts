/** The VC API, for clients that may. */
import type { Caller } from '@/lib/certificates/caller'
import { Refusal, type RefusalBody } from '@/lib/errors'
import { issueCredential } from '@/lib/vc-api/issue'
import { keysByMethod } from '@/lib/vc-api/keys'
import { setStatus } from '@/lib/vc-api/status'
import { checkCredential, checkPresentation, type Checked } from '@/lib/vc-api/verify'
import type { Problem } from '@/lib/vc-api/values'
import type { contract } from '../contract'
import { json, type Reply } from '../reply'
import { requestIdOf } from '../request-id'
import type { Input } from '../serve'

/** POST /credentials/issue */
export async function issue({ context, caller, body }: Input<typeof contract.issueCredential>): Promise<Reply> {
  refuseOthers(caller)
  return json(await issueCredential(context, caller, body), 201)
}

/** POST /credentials/verify */
export async function verifyCredential(input: Input<typeof contract.verifyVcCredential>): Promise<Reply> {
  const { context, caller, body, request } = input
  refuseOthers(caller)
  const verifier = { ...context, keys: await keysByMethod(context) }
  const checked = await checkCredential(verifier, body.verifiableCredential, body.options ?? {})
  return answer(checked, requestIdOf(request))
}

/** POST /presentations/verify */
export async function verifyPresentation(input: Input<typeof contract.verifyPresentation>): Promise<Reply> {
  const { context, caller, body, request } = input
  refuseOthers(caller)
  const verifier = { ...context, keys: await keysByMethod(context) }
  const checked = await checkPresentation(verifier, body.verifiablePresentation, body.options ?? {})
  return answer(checked, requestIdOf(request))
}

/** POST /credentials/status */
export function status({ context, caller, body }: Input<typeof contract.setCredentialStatus>) {
  refuseOthers(caller)
  return setStatus(context, caller, body)
}

/** The scope of the token was looked at before. */
function refuseOthers(caller: Caller): void {
  if (caller.kind !== 'client' || caller.sandbox) {
    throw new Refusal(
      'NOT_ALLOWED',
      'The VC API is for source systems whose token may use it, not for people or tests.',
    )
  }
}

function answer({ verified, problems, warnings }: Checked, reference: string): Reply {
  const said = { errors: problems.map(detailsOf), warnings: warnings.map(detailsOf) }
  if (verified) return json({ verified, checks: ['proof', 'issuer', 'validity', 'credentialStatus'], ...said })
  const first = problems[0]!
  const refusal: RefusalBody = {
    code: 'NOT_VERIFIED',
    message: `${first.path || 'The document'} ${first.message}.`,
    reference,
  }
  return json({ verified, ...said, ...refusal }, 400)
}

/** RFC 9457, as VC Data Model 2.0 asks for it (section 7.4). */
function detailsOf({ kind, path, message }: Problem) {
  const vocabulary =
    kind === 'STATUS_ERROR' ? 'https://www.w3.org/ns/credentials/status-list' : 'https://www.w3.org/TR/vc-data-model'
  const name = kind === 'STATUS_ERROR' ? 'STATUS_VERIFICATION_ERROR' : kind
  return { type: `${vocabulary}#${name}`, title: name, detail: `${message}.`, pointer: path }
}
