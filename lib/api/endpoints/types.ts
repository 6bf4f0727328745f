/** Certificate types: what is in force for whoever fills in forms, and the life of versions for administrators. */
import { publishedType, publishedTypes } from '@/lib/certificate-types/live'
import * as lifecycle from '@/lib/type-checks/lifecycle'
import { typeOverview, typeUse } from '@/lib/type-checks/overview'
import type { contract } from '../contract'
import type { Input } from '../serve'

export const types = {
  /** GET /v3/types */
  async list({ context }: Input<typeof contract.certificateTypes>) {
    const found = await publishedTypes(context)
    return { types: found.map(({ type: { name, version, title } }) => ({ name, version, title })) }
  },
  /** GET /v3/types/{name} */
  one: ({ context, params }: Input<typeof contract.certificateType>) => publishedType(context, params.name),
  /** GET /v3/type-overview */
  overview: ({ context }: Input<typeof contract.typeOverview>) => typeOverview(context),
  /** GET /v3/types/{name}/use */
  use: ({ context, params, query }: Input<typeof contract.typeUse>) =>
    typeUse(context, params.name, query.after ?? null),
  /** GET /v3/types/{name}/versions */
  versions: ({ context, params }: Input<typeof contract.typeVersions>) => lifecycle.listVersions(context, params.name),
  /** GET /v3/types/{name}/versions/{version} */
  version: ({ context, params }: Input<typeof contract.typeVersion>) =>
    lifecycle.readVersion(context, params.name, params.version),
  /** POST /v3/types/{name}/check */
  check: ({ context, params, body }: Input<typeof contract.checkType>) => lifecycle.check(context, params.name, body),
  /** POST /v3/types/{name}/versions */
  add: ({ context, caller, params, body }: Input<typeof contract.addTypeDraft>) =>
    lifecycle.addDraft(context, caller, params.name, body),
  /** PUT /v3/types/{name}/versions/{version} */
  change: ({ context, caller, params, body }: Input<typeof contract.changeTypeDraft>) =>
    lifecycle.changeDraft(context, caller, params, body),
  /** DELETE /v3/types/{name}/versions/{version} */
  drop: ({ context, caller, params }: Input<typeof contract.dropTypeDraft>) =>
    lifecycle.dropDraft(context, caller, params.name, params.version),
  /** POST /v3/types/{name}/versions/{version}/preview */
  preview: ({ context, params, body }: Input<typeof contract.previewType>) =>
    lifecycle.previewVersion(context, params.name, params.version, body.paper),
  /** POST /v3/types/{name}/versions/{version}/publish */
  publish: ({ context, caller, params, body }: Input<typeof contract.publishType>) =>
    lifecycle.publish(context, caller, params, body.checksum),
}
