/** Rows of the contract. Operators, facilities and clients, for administrators; the own password, for every operator. */
import { z } from 'zod'
import {
  clientsAnswer,
  clientView,
  clientWithToken,
  facilitiesAnswer,
  facilityView,
  operatorsAnswer,
  operatorView,
  operatorWithPassword,
  passwordChanged,
  role,
  scope,
} from '@/lib/people/answers'
import { ROLES, rolesIn } from '@/lib/auth/roles'
import { SCOPES, scopesIn, USUAL_SCOPES } from '@/lib/auth/scopes'
import { endpoint, type Endpoint } from '../endpoint'

/** Text of a name: no control characters, and nothing invisible that makes two names look like one. */
const named = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'is missing')
    .max(longest)
    .regex(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be letters, digits and signs that can be seen')

const username = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(60)
  .regex(/^[\p{L}\p{M}\p{N}._@-]*$/u, 'must be letters, digits, ".", "_", "-" and "@", without spaces')
const facilityCode = z.string().min(1).max(32).nullable().describe('null = all facilities')
const district = named(100).nullable().describe('null = none')
const roles = z
  .array(role)
  .min(1, 'must name at least one')
  .max(ROLES.length)
  .transform((list) => rolesIn(list))
  .describe('What the person may do; nothing else')
const programs = z
  .array(
    z
      .string()
      .max(100)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  )
  .max(100)
  .describe('The only programmes it deals with ("" = without one); empty = all')
const newFacilityCode = z
  .string()
  .trim()
  .min(1, 'is missing')
  .max(32)
  .regex(/^[A-Za-z0-9._-]*$/, 'must be letters A to Z, digits, ".", "_" and "-"')
const aliases = z.array(named(300)).max(100).describe('Other names under which source systems mention it')
const ratePerMinute = z.number().int().min(1).max(1_000_000).nullable().describe('null = as set for everybody')
const batch = z.enum(['all', 'each'])
const scopes = z
  .array(scope)
  .max(SCOPES.length)
  .transform((list) => scopesIn(list))
  .describe('What its token may do; nothing else')
const expiresInDays = z.number().int().min(1).max(3650).nullable().describe('null = until it is replaced')
const disabled = z.boolean()

const page = z.object({
  q: z.string().max(100).optional().describe('Part of a name'),
  after: z.string().max(200).optional().describe('`next` of the page before'),
})
const byOperator = z.object({ operatorId: z.string().min(1) })
const byFacility = z.object({ facilityCode: z.string().min(1) })
const byClient = z.object({ clientId: z.string().min(1) })

const administered = { door: 'v3', who: 'person' } as const

const operators = endpoint({
  ...administered,
  operation: 'operators',
  method: 'GET',
  path: '/v3/operators',
  summary: 'Operators, by username',
  query: page,
  ok: { 'application/json': operatorsAnswer },
  refusals: [],
})

const addOperator = endpoint({
  ...administered,
  operation: 'addOperator',
  method: 'POST',
  path: '/v3/operators',
  summary: 'Add an operator',
  description: 'The answer holds a one-time password: with it an own one is set at the first sign-in.',
  body: {
    schema: z.object({
      username,
      name: named(120),
      facilityCode,
      district: district.default(null),
      roles,
      secondFactorRequired: z.boolean().default(false),
    }),
    checked: true,
    example: { username: 'nimal', name: 'Nimal Perera', facilityCode: 'MAH', roles: ['operator'] },
  },
  ok: { 'application/json': operatorWithPassword },
  refusals: ['VALIDATION_ERROR', 'NAME_TAKEN'],
})

const operator = endpoint({
  ...administered,
  operation: 'operator',
  method: 'GET',
  path: '/v3/operators/{operatorId}',
  summary: 'One operator',
  params: byOperator,
  ok: { 'application/json': operatorView },
  refusals: ['NOT_FOUND'],
})

const changeOperator = endpoint({
  ...administered,
  operation: 'changeOperator',
  method: 'PUT',
  path: '/v3/operators/{operatorId}',
  summary: 'Change, disable or enable an operator',
  description: 'What is left out stays. Disabling ends the sessions at once.',
  params: byOperator,
  body: {
    schema: z
      .object({
        name: named(120),
        facilityCode,
        district,
        roles,
        secondFactorRequired: z.boolean(),
        disabled,
      })
      .partial(),
    checked: true,
    example: { disabled: true },
  },
  ok: { 'application/json': operatorView },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'LAST_ADMINISTRATOR'],
})

const resetPassword = endpoint({
  ...administered,
  operation: 'resetPassword',
  method: 'POST',
  path: '/v3/operators/{operatorId}/reset',
  summary: 'Give an operator a one-time password',
  description: 'The old password and the sessions end.',
  params: byOperator,
  ok: { 'application/json': operatorWithPassword },
  refusals: ['NOT_FOUND', 'LAST_ADMINISTRATOR'],
})

const facilities = endpoint({
  ...administered,
  operation: 'facilities',
  method: 'GET',
  path: '/v3/facilities',
  summary: 'Facilities, by code',
  query: page,
  ok: { 'application/json': facilitiesAnswer },
  refusals: [],
})

const addFacility = endpoint({
  ...administered,
  operation: 'addFacility',
  method: 'POST',
  path: '/v3/facilities',
  summary: 'Add a facility',
  body: {
    schema: z.object({
      code: newFacilityCode,
      name: named(300),
      district: district.default(null),
      aliases: aliases.default([]),
    }),
    checked: true,
    example: { code: 'KAN', name: 'Kandy MOH Office', aliases: ['MOH Kandy'] },
  },
  ok: { 'application/json': facilityView },
  refusals: ['VALIDATION_ERROR', 'NAME_TAKEN'],
})

const facility = endpoint({
  ...administered,
  operation: 'facility',
  method: 'GET',
  path: '/v3/facilities/{facilityCode}',
  summary: 'One facility',
  params: byFacility,
  ok: { 'application/json': facilityView },
  refusals: ['NOT_FOUND'],
})

const changeFacility = endpoint({
  ...administered,
  operation: 'changeFacility',
  method: 'PUT',
  path: '/v3/facilities/{facilityCode}',
  summary: 'Change, disable or enable a facility',
  description:
    'What is left out stays. While it is disabled its operators and clients cannot act; its certificates stay as they are.',
  params: byFacility,
  body: {
    schema: z.object({ name: named(300), district, aliases, disabled }).partial(),
    checked: true,
    example: { name: 'Kandy Medical Office', aliases: ['Kandy MOH Office', 'MOH Kandy'] },
  },
  ok: { 'application/json': facilityView },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NAME_TAKEN', 'LAST_ADMINISTRATOR'],
})

const clients = endpoint({
  ...administered,
  operation: 'clients',
  method: 'GET',
  path: '/v3/clients',
  summary: 'API clients, by name',
  query: page,
  ok: { 'application/json': clientsAnswer },
  refusals: [],
})

const addClient = endpoint({
  ...administered,
  operation: 'addClient',
  method: 'POST',
  path: '/v3/clients',
  summary: 'Add an API client',
  description: 'The answer holds its access token, this once. Whether it is a sandbox client stays for ever.',
  body: {
    schema: z.object({
      name: named(120),
      facilityCode,
      district: district.default(null),
      programs: programs.default([]),
      batch: batch.default('all'),
      sandbox: z.boolean().default(false),
      ratePerMinute: ratePerMinute.default(null),
      scopes: scopes.default([...USUAL_SCOPES]),
      expiresInDays: expiresInDays.default(null),
    }),
    checked: true,
    example: { name: 'Hospital system', facilityCode: 'MAH', batch: 'all', sandbox: true, scopes: ['certify', 'read'] },
  },
  ok: { 'application/json': clientWithToken },
  refusals: ['VALIDATION_ERROR', 'NAME_TAKEN'],
})

const client = endpoint({
  ...administered,
  operation: 'client',
  method: 'GET',
  path: '/v3/clients/{clientId}',
  summary: 'One API client',
  params: byClient,
  ok: { 'application/json': clientView },
  refusals: ['NOT_FOUND'],
})

const changeClient = endpoint({
  ...administered,
  operation: 'changeClient',
  method: 'PUT',
  path: '/v3/clients/{clientId}',
  summary: 'Change, disable or enable an API client',
  description: 'What is left out stays. A disabled client is refused at once.',
  params: byClient,
  body: {
    schema: z
      .object({ name: named(120), facilityCode, district, programs, batch, ratePerMinute, scopes, disabled })
      .partial(),
    checked: true,
    example: { ratePerMinute: 600 },
  },
  ok: { 'application/json': clientView },
  refusals: ['VALIDATION_ERROR', 'NOT_FOUND', 'NAME_TAKEN'],
})

const replaceToken = endpoint({
  ...administered,
  operation: 'replaceToken',
  method: 'POST',
  path: '/v3/clients/{clientId}/token',
  summary: 'Give an API client a new access token',
  description: 'The old one is refused from then on, or works for some hours more, until the system has the new one.',
  params: byClient,
  query: z.object({
    overlapHours: z.coerce.number().int().min(0).max(720).default(0).describe('How long the old token still works'),
    expiresInDays: z.coerce
      .number()
      .int()
      .min(1)
      .max(3650)
      .optional()
      .describe('Without it the new token works until it is replaced'),
  }),
  ok: { 'application/json': clientWithToken },
  refusals: ['NOT_FOUND'],
})

const changePassword = endpoint({
  operation: 'changePassword',
  method: 'POST',
  path: '/v3/password',
  door: 'v3',
  who: 'person',
  summary: 'Set the own password',
  beforeOwnPassword: true,
  description: 'This session goes on, all other sessions of the operator end.',
  body: {
    schema: z.object({
      current: z.string().max(2048).optional().describe('Not needed after signing in with a one-time password'),
      password: z.string().max(2048).describe('At least 12 characters'),
    }),
    checked: true,
    example: { current: 'qk3wz-7hmn2-p9rta-xx4bd', password: 'three words and a number 7' },
  },
  ok: { 'application/json': passwordChanged },
  refusals: ['VALIDATION_ERROR', 'TOO_MANY_ATTEMPTS'],
})

export const administration = {
  operators,
  addOperator,
  operator,
  changeOperator,
  resetPassword,
  facilities,
  addFacility,
  facility,
  changeFacility,
  clients,
  addClient,
  client,
  changeClient,
  replaceToken,
  changePassword,
} satisfies Record<string, Endpoint>
