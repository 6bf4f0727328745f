/** DIVOC 3.0's management of schemas, templates and contexts. */
import { addContext, changeContext, oneContext, removeContext } from '@/lib/vc-certification/contexts'
import {
  createSchema,
  listSchemas,
  oneSchema,
  previewSchema,
  updateSchema,
  updateTemplate,
} from '@/lib/vc-certification/schemas'
import type { contract } from '../contract'
import { Reply } from '../reply'
import type { Input } from '../serve'

type Of<Name extends keyof typeof contract> = Input<(typeof contract)[Name]>

/** /vc-management/v1/schema */
export const schemas = {
  create: ({ context, caller, body }: Of<'createSchema'>) => createSchema(context, caller, body),
  list: ({ context }: Of<'schemas'>) => listSchemas(context),
  one: ({ context, params }: Of<'oneSchema'>) => oneSchema(context, params.schemaId),
  update: ({ context, caller, params, body }: Of<'updateSchema'>) =>
    updateSchema(context, caller, params.schemaId, body),
  updateTemplate: ({ context, caller, params, body }: Of<'updateSchemaTemplate'>) =>
    updateTemplate(context, caller, params.schemaId, body),
  preview: async ({ context, body }: Of<'previewSchema'>) =>
    new Reply({ type: 'application/pdf', body: await previewSchema(context, body.schemaId) }),
}

/** /vc-management/v1/context */
export const contexts = {
  add: ({ context, caller, body }: Of<'addContext'>) => addContext(context, caller, JSON.stringify(body)),
  one: async ({ context, params }: Of<'jsonLdContext'>) =>
    new Reply({ type: 'application/ld+json', body: JSON.stringify(await oneContext(context, params.contextId)) }),
  change: ({ context, caller, params, body }: Of<'changeContext'>) =>
    changeContext(context, caller, params.contextId, JSON.stringify(body)),
  remove: ({ context, caller, params }: Of<'removeContext'>) => removeContext(context, caller, params.contextId),
}
