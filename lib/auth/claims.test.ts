import { describe, expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { standingOf, textsAt, type Standing } from './claims'

const rules = readConfig({ DATABASE_URL: 'x', ADMINISTRATOR_ROLES: 'boss' }).claims
const withRoles = (...roles: unknown[]) => ({ resource_access: { 'facility-admin-portal': { roles } } })

describe('a standing', () => {
  test.each<[string, object, Standing]>([
    [
      'staff of a facility',
      { ...withRoles('facility-staff'), facility_code: 'MAH' },
      { facilityCode: 'MAH', district: null, roles: ['operator'] },
    ],
    [
      'who heads it',
      { ...withRoles('facility-staff', 'facility-admin'), facility_code: 'MAH' },
      { facilityCode: 'MAH', district: null, roles: ['operator', 'supervisor'] },
    ],
    [
      'a controller, whatever facility is named',
      { ...withRoles('controller'), facility_code: 'MAH' },
      { facilityCode: null, district: null, roles: ['supervisor'] },
    ],
    [
      'a role of the realm',
      { realm_access: { roles: ['controller'] } },
      { facilityCode: null, district: null, roles: ['supervisor'] },
    ],
    ['who watches', withRoles('monitoring'), { facilityCode: null, district: null, roles: ['auditor'] }],
    ['who administers', withRoles('boss'), { facilityCode: null, district: null, roles: ['administrator'] }],
    [
      'both, with the facility of the one',
      { ...withRoles('boss', 'facility-staff'), facility_code: ['MAH'] },
      { facilityCode: 'MAH', district: null, roles: ['operator', 'administrator'] },
    ],
  ])('%s', (_what, claims, standing) => expect(standingOf({ ...claims }, rules)).toEqual(standing))

  test('an administrator is who the service calls one, unless the settings name another role', () => {
    const usual = readConfig({ DATABASE_URL: 'x' }).claims
    expect(standingOf(withRoles('admin'), usual)).toMatchObject({ roles: ['administrator'] })
    expect(standingOf(withRoles('admin'), rules)).toBe('no-role')
  })

  test('a district counts where the settings name its claim, and for supervisors alone', () => {
    const claims = (role: string) => ({ ...withRoles(role), facility_code: 'MAH', region: 'Kandy' })
    const withDistrict = readConfig({ DATABASE_URL: 'x', DISTRICT_CLAIM: 'region' }).claims
    expect(standingOf(claims('facility-admin'), rules)).toMatchObject({ district: null })
    expect(standingOf(claims('facility-admin'), withDistrict)).toMatchObject({ facilityCode: 'MAH', district: 'Kandy' })
    expect(standingOf(claims('facility-staff'), withDistrict)).toMatchObject({ facilityCode: 'MAH', district: null })
    const { facility_code: _none, ...ofDistrict } = claims('facility-admin')
    expect(standingOf(ofDistrict, withDistrict)).toMatchObject({ facilityCode: null, district: 'Kandy' })
    expect(standingOf({ ...ofDistrict, region: ['Kandy', 'Galle'] }, withDistrict)).toBe('no-facility')
  })
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
