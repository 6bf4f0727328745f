/** Whose certificates somebody may see is asked in one place: this reads every source file for comparisons elsewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aCaller } from '@/lib/testing/builders'
import { onlyFacility, reaches, reachesFacility, requireReach } from './reach'

const lib = join(import.meta.dirname, '..')
/** What may not stand outside reach.ts, and the files that have another reason for it. */
const FORBIDDEN: [what: RegExp, exceptions: RegExp][] = [
  // SQL that compares the owner with anything but the facility whose name it wants.
  [/(?<!\.code = \w+\.)facility_code\s*(=|<>|!=|~|<@|in |like )/i, /^certificates\/reach\.ts$|^(people|auth)\//],
  [/(?<!\.code )(=|<>|any\s*\()\s*\w*\.?facility_code\b/i, /^certificates\/reach\.ts$|^(people|auth)\//],
  [/facilityCode\s*[!=]==?(?!=|\s*(null|'unassigned'))/, /^certificates\/reach\.ts$/],
  [/(===?|!==?)\s*[\w.]*facilityCode/, /^certificates\/reach\.ts$/],
  [/\b(caller|reader|by|operator)\.(facilities|programs)\b/, /^certificates\/reach\.ts$|^recalls\/target\.ts$/],
  // The home facility: the owner of what is certified, and the word in the log about who it was.
  [
    /\b(caller|reader|by)\??\.facilityCode\b/,
    /^certificates\/(reach|opening)\.ts$|^audit\/looks\.ts$|^openings\/store\.ts$|^desk\/store-look-ups\.ts$|^api\/rate-limits\.ts$/,
  ],
]

const sources = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.(ts|mjs)$/.test(path) && !/\.(test|bench)\.ts$|^(generated|testing|embedded|start)\//.test(path))
  .map((path) => ({ path, lines: readFileSync(join(lib, path), 'utf8').split('\n') }))

describe('one place', () => {
  test.each(FORBIDDEN)('%s stands nowhere else', (what, exceptions) => {
    const wrong = sources
      .filter(({ path }) => !exceptions.test(path))
      .flatMap(({ path, lines }) =>
        lines.flatMap((line, at) =>
          what.test(line) && !/^\s*(\*|\/[/*])/.test(line) ? [`${path}:${at + 1} ${line.trim()}`] : [],
        ),
      )
    expect(wrong).toEqual([])
  })

  test.each([
    'and l.facility_code = ${facilityCode}',
    "where lineage.facility_code <> 'KAN'",
    'where ${code} = l.facility_code',
    'if (row.facilityCode === caller.home) return',
    'if (code !== row.facilityCode) throw',
    'return caller.facilities === null',
    'openDraftsOf(db, caller.facilityCode)',
  ])('a line like %s would be found', (line) => {
    expect(FORBIDDEN.some(([what]) => what.test(line))).toBe(true)
  })

  test.each([
    'join facility f on f.code = l.facility_code',
    'l.facility_code as "facilityCode"',
    'row.facilityCode === null',
  ])('a name is looked up with %s', (line) => expect(FORBIDDEN.filter(([what]) => what.test(line))).toEqual([]))

  test('there are sources to look at', () => expect(sources.length).toBeGreaterThan(200))
})

const owned = (facilityCode: string, programId = '') => ({ facilityCode, programId })

describe('a reach', () => {
  test('of one facility is that one alone, of several all of them, and null is all there are', () => {
    expect(reaches(aCaller({ facilities: ['KAN'] }), owned('KAN'))).toBe(true)
    expect(reaches(aCaller({ facilities: ['KAN'] }), owned('GAL'))).toBe(false)
    expect(reaches(aCaller({ facilities: ['KAN', 'GAL'] }), owned('GAL'))).toBe(true)
    expect(reaches(aCaller({ facilities: [] }), owned('KAN'))).toBe(false)
    expect(reaches(aCaller({ facilities: null }), owned('unassigned'))).toBe(true)
  })

  test('of programmes is those alone; "" is without one', () => {
    const caller = aCaller({ facilities: null, programs: ['covid', ''] })
    expect([
      reaches(caller, owned('KAN', 'covid')),
      reaches(caller, owned('KAN')),
      reaches(caller, owned('KAN', 'polio')),
    ]).toEqual([true, true, false])
    expect(() => requireReach(caller, owned('KAN', 'polio'))).toThrow('This access token is not for programme "polio".')
    expect(() => requireReach(aCaller({ facilities: [] }), owned('KAN', 'polio'))).toThrow('another facility')
  })

  test('all facilities are reached only by whoever reaches all', () => {
    expect(reachesFacility(aCaller({ facilities: null }), null)).toBe(true)
    expect(reachesFacility(aCaller({ facilities: ['KAN'] }), null)).toBe(false)
    expect([
      onlyFacility(aCaller({ facilities: ['KAN'] })),
      onlyFacility(aCaller({ facilities: ['KAN', 'GAL'] })),
      onlyFacility(aCaller()),
    ]).toEqual(['KAN', null, null])
  })
})
