/** What administrators are told about operators, facilities and source systems. Never a hash, a secret only once. */
import { z } from 'zod'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const next = z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one')
const ownFacility = z
  .object({ code: z.string(), name: z.string(), disabled: z.boolean() })
  .nullable()
  .describe('null = acts for all facilities')

export const operatorView = z.object({
  operatorId: z.string(),
  username: z.string(),
  name: z.string(),
  facility: ownFacility,
  administrator: z.boolean(),
  disabled: z.boolean(),
  mustChangePassword: z.boolean().describe('Has a one-time password and has not set an own one yet'),
  lastSignedInAt: instant.nullable(),
  you: z.boolean().describe('The operator who asks'),
})

export const facilityView = z.object({
  code: z.string(),
  name: z.string(),
  disabled: z.boolean(),
  builtIn: z.boolean().describe('Owns what no facility owns; cannot be changed'),
  aliases: z.array(z.string()).describe('Other names under which source systems mention it'),
  operators: z.number().int().describe('Operators who are not disabled'),
  clients: z.number().int().describe('API clients that are not disabled'),
})

export const clientView = z.object({
  clientId: z.string(),
  name: z.string(),
  facility: ownFacility,
  batch: z.enum(['all', 'each']).describe('What one refused item does: all = refuses its array, each = only itself'),
  sandbox: z.boolean().describe('Tries things out: its certificates are apart from the real ones'),
  ratePerMinute: z.number().int().nullable().describe('Requests a minute; null = as set for everybody'),
  disabled: z.boolean(),
  lastUsedAt: instant.nullable(),
})

export const operatorsAnswer = z.object({ operators: z.array(operatorView), next })
export const facilitiesAnswer = z.object({ facilities: z.array(facilityView), next })
export const clientsAnswer = z.object({ clients: z.array(clientView), next })

export const operatorWithPassword = z.object({
  operator: operatorView,
  password: z.string().describe('One-time password. It is told this once and kept nowhere'),
})
export const clientWithToken = z.object({
  client: clientView,
  token: z.string().describe('Access token. It is told this once; only its hash is kept'),
})
export const passwordChanged = z.object({ changed: z.literal(true) })

export type OperatorView = z.infer<typeof operatorView>
export type FacilityView = z.infer<typeof facilityView>
export type ClientView = z.infer<typeof clientView>
