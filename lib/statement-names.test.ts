import { describe, expect, test } from 'vitest'
import { statementNames } from './statement-names'

const statement = (sql: string, args: unknown[] = [1]) => ({ sql, args })
const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work)

describe('a statement is kept prepared', () => {
  test('once it came often, and then under one name', () => {
    const nameOf = statementNames()
    expect(new Set(times(19, () => nameOf(statement('select $1'))))).toEqual(new Set(['']))
    expect(new Set(times(50, () => nameOf(statement('select $1'))))).toEqual(new Set(['s1']))
    times(20, () => nameOf(statement('select $1 + 1')))
    expect(nameOf(statement('select $1 + 1'))).toBe('s2')
  })

  test('and planned anew as it comes more and more often: the tables have grown', () => {
    const nameOf = statementNames()
    const names = times(20_000, () => nameOf(statement('select $1')))
    expect([...new Set(names)]).toEqual(['', 's1', 's1+', 's1++', 's1+++'])
  })

  test('but not where there is nothing to plan, and never more than a connection can hold', () => {
    const nameOf = statementNames()
    expect(new Set(times(100, () => nameOf(statement('commit', []))))).toEqual(new Set(['']))
    for (let n = 0; n < 400; n++) times(20, () => nameOf(statement(`select ${n}, $1`)))
    expect(nameOf(statement('select 399, $1'))).toBe('s400')
    expect(new Set(times(100, () => nameOf(statement('select 400, $1'))))).toEqual(new Set(['']))
  })

  test('and texts that come once each take no room', () => {
    const nameOf = statementNames()
    for (let n = 0; n < 10_000; n++) expect(nameOf(statement(`select * from t where id in (${n})`))).toBe('')
    times(20, () => nameOf(statement('select $1')))
    expect(nameOf(statement('select $1'))).toBe('s1')
  })
})
