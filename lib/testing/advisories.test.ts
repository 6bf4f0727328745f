import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findingsIn, isExcuseList, judgeFindings } from './advisories.mjs'

const TODAY = '2026-11-21'
/** As npm 10 writes it, shortened. */
const report = {
  auditReportVersion: 2,
  vulnerabilities: {
    leaky: {
      name: 'leaky',
      severity: 'critical',
      via: [
        {
          source: 1,
          name: 'leaky',
          title: 'Reads what it should not',
          url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
          severity: 'critical',
          range: '<2.0.0',
        },
      ],
    },
    above: { name: 'above', severity: 'critical', via: ['leaky'] },
    slow: {
      name: 'slow',
      severity: 'moderate',
      via: [{ source: 2, name: 'slow', title: 'Is slow', url: '', severity: 'moderate', range: '*' }],
    },
  },
  metadata: { dependencies: { prod: 3, total: 5 } },
}
const excuse = { advisory: 'GHSA-aaaa-bbbb-cccc', package: 'leaky', why: 'That function is never called here.' }

test('a high or critical advisory fails, one below does not', () => {
  const findings = findingsIn(report)!
  expect(findings).toHaveLength(2)
  expect(judgeFindings(findings, [], TODAY)).toEqual([
    'leaky <2.0.0: critical, Reads what it should not (GHSA-aaaa-bbbb-cccc).',
  ])
})

test('an excuse holds up to its last day and for its package alone', () => {
  const findings = findingsIn(report)!
  expect(judgeFindings(findings, [{ ...excuse, until: TODAY }], TODAY)).toEqual([])
  expect(judgeFindings(findings, [{ ...excuse, until: '2026-11-20' }], TODAY)).toHaveLength(1)
  expect(judgeFindings(findings, [{ ...excuse, package: 'other', until: TODAY }], TODAY)).toHaveLength(2)
  expect(judgeFindings([], [{ ...excuse, until: TODAY }], TODAY)).toHaveLength(1)
})

test('an answer that is no report is never taken for "nothing found"', () => {
  const refused = { message: '405 Method Not Allowed', error: { summary: '', detail: '' } }
  for (const answer of [refused, {}, null, { ...report, auditReportVersion: 3 }, { ...report, metadata: {} }]) {
    expect(findingsIn(answer)).toBeNull()
  }
  expect(findingsIn({ ...report, vulnerabilities: {} })).toEqual([])
})

test('every excuse that stands in the file names an advisory, a package, a last day and why', () => {
  expect(isExcuseList(JSON.parse(readFileSync('.config/advisories.json', 'utf8')))).toBe(true)
  expect(isExcuseList([{ ...excuse, until: 'some day' }])).toBe(false)
  expect(isExcuseList([{ ...excuse, until: TODAY, why: 'ok' }])).toBe(false)
})
