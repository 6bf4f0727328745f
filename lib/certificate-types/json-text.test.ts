import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { jsonText, lineOf, placesIn } from './json-text'
import { lineDiff } from './line-diff'

const shipped = readFileSync(join(import.meta.dirname, 'VaccinationCertificate', 'type.json'), 'utf8')

describe('JSON as text', () => {
  test('means the same and keeps the order', () => {
    const value: unknown = JSON.parse(shipped)
    expect(JSON.stringify(JSON.parse(jsonText(value)))).toBe(JSON.stringify(value))
  })

  test('has one line for what is short', () => {
    expect(jsonText({ a: [1, { b: null }], c: {}, d: undefined })).toBe('{\n  "a": [1, { "b": null }],\n  "c": {}\n}')
    expect(
      Math.max(
        ...jsonText(JSON.parse(shipped))
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThan(330)
  })
})

describe('places', () => {
  test('of all values are found, with names that need escaping', () => {
    const { lines, wrong } = placesIn('{\n "a/b": [\n  1,\n  {"~": 2}\n ],\n "c": "x"\n}')
    expect(wrong).toBeNull()
    expect(Object.fromEntries(lines)).toEqual({
      '': 1,
      '/a~1b': 2,
      '/a~1b/0': 3,
      '/a~1b/1': 4,
      '/a~1b/1/~0': 4,
      '/c': 6,
    })
  })

  test('of what is not there are those of what it would be in', () => {
    const places = placesIn('{\n "a": {\n  "b": 1\n }\n}')
    expect(lineOf(places, '/a/b/c')).toBe(3)
    expect(lineOf(places, '/a/missing')).toBe(2)
    expect(lineOf(places, '/files/logo.svg')).toBe(1)
  })

  test.each([
    ['{\n "a": 1,\n}', 3, 'a name in quotes'],
    ['{\n "a" 1\n}', 2, '":"'],
    ['[1\n 2]', 2, '","'],
    ['{"a": tru}', 1, 'a value'],
    ['{"a": 1,\n "a": 2}', 2, 'twice'],
    ['{}\n{}', 2, 'after the end'],
    ['{"a": "x\ny"}', 1, 'a value'],
  ])('%j is no JSON from line %i on', (text, line, said) => {
    const { wrong } = placesIn(text)
    expect(wrong).toMatchObject({ line, message: expect.stringContaining(said) as string })
  })

  test('a text of JSON is always read, another never', () => {
    for (const text of [shipped, '1', '"\\u00e9"', '[-0.5e3, true]', ' {} ']) expect(placesIn(text).wrong).toBeNull()
    for (const text of ['', '01', '[,]', '{"a"}', 'nul', '"\\x"', '[1,]']) {
      expect(() => JSON.parse(text) as unknown).toThrow()
      expect(placesIn(text).wrong).not.toBeNull()
    }
  })
})

describe('lines of two texts', () => {
  const said = (before: string, after: string) =>
    lineDiff(before, after).map(
      ({ kind, text, before: b, after: a }) =>
        `${{ same: ' ', removed: '-', added: '+' }[kind]}${text} ${b ?? '.'}${a ?? '.'}`,
    )

  test('stay, go and come in their order, with their numbers', () => {
    expect(said('a\nb\nc\nd', 'a\nx\nc\nd\ne')).toEqual([' a 11', '-b 2.', '+x .2', ' c 33', ' d 44', '+e .5'])
    expect(said('a', 'a')).toEqual([' a 11'])
    expect(said('', 'a\nb')).toEqual(['-  1.'.replace('  ', ' '), '+a .1', '+b .2'])
  })

  test('together they are both texts again', () => {
    const before = shipped
    const after = shipped.replaceAll('"half": true', '"half": false').replace('"Vaccinator"', '"By"')
    const lines = lineDiff(before, after)
    expect(lines.flatMap(({ kind, text }) => (kind === 'added' ? [] : [text])).join('\n')).toBe(before)
    expect(lines.flatMap(({ kind, text }) => (kind === 'removed' ? [] : [text])).join('\n')).toBe(after)
  })
})
