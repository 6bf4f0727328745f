/** What DIVOC 3.0's clients send and are told about schemas and contexts, as zod schemas. */
import { z } from 'zod'

const osid = z.string().describe('"1-" and the name of the certificate type; the name alone is taken, too')
export const schemaStatus = z.enum(['DRAFT', 'PUBLISHED'])

const made = z.object({
  message: z.string(),
  osid,
  version: z.number().int(),
  status: schemaStatus,
})
const inRegistry = z.object({ result: z.object({ Schema: z.object({ osid }) }) })
const notes = z.array(z.string()).describe('What is taken otherwise than the schema or its contexts say')

export const schemaCreated = made.extend({ schemaAddResponse: inRegistry, notes })
export const schemaUpdated = made.extend({ schemaUpdateResponse: inRegistry, notes })
export const templateUpdated = made.extend({ templateUpdateResponse: inRegistry })

export const schemasAnswer = z.object({
  schemas: z.array(
    z.object({
      osid,
      name: z.string(),
      version: z.number().int(),
      status: schemaStatus,
      schema: z.string().describe('The JSON schema as text: as it came, or of a type that came otherwise made from it'),
    }),
  ),
})

export const contextAdded = z.object({
  message: z.object({ result: z.object({ ContextURL: z.object({ osid: z.string() }) }) }),
  url: z.string().describe('What a credentialTemplate names in @context'),
})
export const contextChanged = z.object({ message: z.string(), url: z.string() })
export const contextRemoved = z.object({ message: z.string() })
