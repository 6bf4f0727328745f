import { describe, expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { standingOf, textsAt } from './claims'

const rules = readConfig({ DATABASE_URL: 'x', ADMINISTRATOR_ROLES: 'boss' }).claims
const withRoles = (...roles: unknown[]) => ({ resource_access: { 'facility-admin-portal': { roles } } })

describe('a standing', () => {
  test.each([
    [
      'staff of a facility',
      { ...withRoles('facility-staff'), facility_code: 'MAH' },
      { facilityCode: 'MAH', administrator: false },
    ],
    [
      'its administrator',
      { ...withRoles('facility-admin'), facility_code: 'MAH' },
      { facilityCode: 'MAH', administrator: false },
    ],
    [
      'a controller',
      { ...withRoles('controller'), facility_code: 'MAH' },
      { facilityCode: null, administrator: false },
    ],
    ['a role of the realm', { realm_access: { roles: ['controller'] } }, { facilityCode: null, administrator: false }],
    ['an administrator of ours', withRoles('boss'), { facilityCode: null, administrator: true }],
    [
      'both',
      { ...withRoles('boss', 'facility-staff'), facility_code: ['MAH'] },
      { facilityCode: 'MAH', administrator: true },
    ],
  ])('%s', (_what, claims, standing) => expect(standingOf(claims, rules)).toEqual(standing))
})

describe('no standing', () => {
  test.each([
    ['no claims', {}, 'no-role'],
    ['a role that means nothing here', withRoles('recipient'), 'no-role'],
    ['a role of another client', { resource_access: { other: { roles: ['controller'] } } }, 'no-role'],
    [
      'a role as text inside another',
      { resource_access: { 'facility-admin-portal': { roles: 'a controller' } } },
      'no-role',
    ],
    ['roles that are no text', withRoles(['controller'], { controller: true }, 1), 'no-role'],
    ['a role beside its place', { roles: ['controller'] }, 'no-role'],
    ['another case', withRoles('Controller'), 'no-role'],
    ['no facility', withRoles('facility-staff'), 'no-facility'],
    ['an empty facility', { ...withRoles('facility-staff'), facility_code: '' }, 'no-facility'],
    ['two facilities', { ...withRoles('facility-staff'), facility_code: ['MAH', 'GAL'] }, 'no-facility'],
    ['what every object has', JSON.parse('{"__proto__": {"realm_access": {"roles": ["controller"]}}}'), 'no-role'],
  ])('%s', (_what, claims, why) => expect(standingOf(claims, rules)).toBe(why))
})

test('a name in a path may itself have dots in it', () => {
  expect(textsAt({ 'https://example.org/roles': ['a'] }, 'https://example.org/roles')).toEqual(['a'])
  expect(textsAt({ resource_access: { 'my.client': { roles: ['b'] } } }, 'resource_access.my.client.roles')).toEqual([
    'b',
  ])
  expect(textsAt({}, 'constructor.name')).toEqual([])
})
