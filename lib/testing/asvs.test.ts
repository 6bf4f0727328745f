/** .github/asvs.md answers every requirement of OWASP ASVS 5.0.0, levels 1 and 2, and what it names is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** Section -> the levels of its requirements in their order, as the standard numbers them. */
const LEVELS: Record<string, string> = {
  ...{ '1.1': '22', '1.2': '1111122223', '1.3': '112222222223', '1.4': '222', '1.5': '123' },
  ...{ '2.1': '122', '2.2': '112', '2.3': '12223', '2.4': '23' },
  ...{ '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333', '3.6': '3', '3.7': '22333' },
  ...{ '4.1': '12233', '4.2': '23333', '4.3': '22', '4.4': '1222' },
  ...{ '5.1': '2', '5.2': '112333', '5.3': '113', '5.4': '222' },
  ...{ '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233', '6.5': '22222333', '6.6': '2223' },
  ...{ '6.7': '33', '6.8': '2222' },
  ...{ '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22' },
  ...{ '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23' },
  ...{ '9.1': '111', '9.2': '1222' },
  ...{ '10.1': '22', '10.2': '223', '10.3': '22223', '10.4': '1111122222233333', '10.5': '22222', '10.6': '22' },
  ...{ '10.7': '222' },
  ...{ '11.1': '2233', '11.2': '22233', '11.3': '11233', '11.4': '1222', '11.5': '23', '11.6': '23', '11.7': '33' },
  ...{ '12.1': '12233', '12.2': '11', '12.3': '22223' },
  ...{ '13.1': '2333', '13.2': '222223', '13.3': '2233', '13.4': '1222233' },
  ...{ '14.1': '22', '14.2': '12223333', '14.3': '122' },
  ...{ '15.1': '12233', '15.2': '12233', '15.3': '1222222', '15.4': '3333' },
  ...{ '16.1': '2', '16.2': '22222', '16.3': '2222', '16.4': '222', '16.5': '2223' },
  ...{ '17.1': '23', '17.2': '22223333', '17.3': '22' },
}

const wanted = Object.entries(LEVELS).flatMap(([section, levels]) =>
  Array.from(levels, (level, at) => ({ number: `${section}.${at + 1}`, level })).filter(({ level }) => level !== '3'),
)

const rows = read('.github/asvs.md')
  .split('\n')
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter(([, number]) => /^\d+\.\d+\.\d+$/.test(number ?? ''))
  .map(([, number, level, what, verdict, why]) => ({ number: number!, level, what, verdict, why: why ?? '' }))

const named = (why: string) =>
  [...why.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, file, title]) => ({ file: file!, title: title! }))

describe('OWASP ASVS 5.0.0', () => {
  test('has 70 requirements of level 1 and 183 of level 2', () => {
    expect(wanted.filter(({ level }) => level === '1')).toHaveLength(70)
    expect(wanted.filter(({ level }) => level === '2')).toHaveLength(183)
  })

  test('each of them stands in the list once, with its level and a verdict', () => {
    expect(rows.map(({ number, level }) => ({ number, level }))).toEqual(wanted)
    for (const { number, what, verdict, why } of rows) {
      expect(['met', 'not applicable', 'open'], number).toContain(verdict)
      expect(
        [what, why].map((text) => (text ?? '').length > 3),
        number,
      ).toEqual([true, true])
    }
  })

  test('what is met names a test, or where the standard wants it in writing a place, and each of them is there', () => {
    const missing = rows
      .filter(({ verdict }) => verdict === 'met')
      .flatMap(({ number, why }) => {
        const proofs = named(why)
        if (proofs.length === 0) return [`${number} names nothing`]
        return proofs
          .filter(({ file, title }) => !existsSync(join(root, file)) || !read(file).includes(title))
          .map(({ file, title }) => `${number}: ${file} has no “${title}”`)
      })
    expect(missing).toEqual([])
  })

  test('at most 5 % of what applies is open, and each says what comes next', () => {
    const open = rows.filter(({ verdict }) => verdict === 'open')
    expect(open.length / rows.filter(({ verdict }) => verdict !== 'not applicable').length).toBeLessThanOrEqual(0.05)
    for (const { number, why } of open) expect(why, number).toMatch(/Next: /)
  })

  test('nothing is open in authentication, sessions, authorization, tokens and OpenID Connect', () => {
    const open = rows.filter(({ number, verdict }) => verdict === 'open' && /^(6|7|8|9|10)\./.test(number))
    expect(open).toEqual([])
  })
})
