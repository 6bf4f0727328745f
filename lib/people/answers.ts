/** What administrators are told about operators, facilities and source systems. Never a hash, a secret only once. */
import { z } from 'zod'
import { ROLES } from '@/lib/auth/roles'
import { SCOPES } from '@/lib/auth/scopes'

const instant = z.iso.datetime().describe('An instant, YYYY-MM-DDTHH:MM:SS.mmmZ')
const next = z.string().nullable().describe('Send it as `after` to get the next page; null = this is the last one')
const ownFacility = z
  .object({ code: z.string(), name: z.string(), disabled: z.boolean() })
  .nullable()
  .describe('null = acts for all facilities')

export const scope = z.enum(SCOPES)
export const role = z.enum(ROLES)

export const operatorView = z.object({
  operatorId: z.string(),
  username: z.string(),
  name: z.string(),
  facility: ownFacility,
  district: z.string().nullable().describe('Of a supervisor: reaches all facilities of the district'),
  roles: z.array(role).describe('What the person may do; nothing else'),
  disabled: z.boolean(),
  mustChangePassword: z.boolean().describe('Has a one-time password and has not set an own one yet'),
  passwordExpiresAt: instant.nullable().describe('Until when the one-time password can be used'),
  secondFactor: z.boolean().describe('Signs in with a code of an app, too'),
  secondFactorRequired: z.boolean().describe('Has to have a second factor, whatever the setting for everybody says'),
  external: z.boolean().describe('Comes through the sign-in service alone, which says name, facility and rights'),
  lastSignedInAt: instant.nullable(),
  you: z.boolean().describe('The operator who asks'),
})

export const facilityView = z.object({
  code: z.string(),
  name: z.string(),
  district: z.string().nullable(),
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
  district: z.string().nullable().describe('Reaches all facilities of the district'),
  programs: z.array(z.string()).describe('The only programmes it deals with; empty = all'),
  batch: z.enum(['all', 'each']).describe('What one refused item does: all = refuses its array, each = only itself'),
  sandbox: z.boolean().describe('Tries things out: its certificates are apart from the real ones'),
  ratePerMinute: z.number().int().nullable().describe('Requests a minute; null = as set for everybody'),
  scopes: z.array(scope).describe('What its token may do; nothing else'),
  tokenExpiresAt: instant.nullable().describe('null = until it is replaced'),
  previousTokenUntil: instant.nullable().describe('Until when the token before the last one works, too'),
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

const signInMethod = z.enum(['password', 'second_factor', 'recovery_code', 'oidc'])

export const accountView = z.object({
  username: z.string(),
  name: z.string(),
  external: z.boolean().describe('Comes through the sign-in service alone'),
  service: z
    .object({ name: z.string(), connected: z.boolean() })
    .nullable()
    .describe('The sign-in service of this installation; null = none'),
  secondFactor: z.object({
    since: instant.nullable().describe('null = none'),
    required: z.boolean(),
    codesLeft: z.number().int().describe('Recovery codes that were not used yet'),
  }),
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      method: signInMethod,
      device: z.string().describe('Browser and system'),
      address: z.string().nullable().describe('The network it came from, not the computer; null = unknown'),
      startedAt: instant,
      lastSeenAt: instant,
      here: z.boolean().describe('The session that asks'),
    }),
  ),
})
export const secondFactorBegun = z.object({
  secret: z.string().describe('Base32, to be typed into an app. It is told this once'),
  address: z.string().describe('otpauth: address for a QR code'),
})
export const recoveryCodesMade = z.object({
  recoveryCodes: z.array(z.string()).describe('Each works once. They are told this once; only their hashes are kept'),
})
export const proved = z.object({ proved: z.literal(true) })

export const secondFactorRemoved = z.object({ removed: z.literal(true) })
export const sessionsEnded = z.object({ ended: z.number().int() })
export const signedOut = z.object({
  continueAt: z.string().nullable().describe('Where to sign out at the sign-in service, too; null = nowhere'),
})
export const mayConnect = z.object({ mayConnect: z.literal(true) })
export const disconnected = z.object({ disconnected: z.literal(true) })

export type Scope = z.infer<typeof scope>
export type Role = z.infer<typeof role>
export type AccountView = z.infer<typeof accountView>
export type OperatorView = z.infer<typeof operatorView>
export type FacilityView = z.infer<typeof facilityView>
export type ClientView = z.infer<typeof clientView>
