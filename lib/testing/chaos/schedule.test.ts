import { expect, test } from 'vitest'
import { planMessages, planSteps } from './plan'
import { FAULTS, planFaults } from './schedule'
import { planVc } from './vc'
import { planWork } from './work'

const THREE = { workers: 3, relays: 2, webs: 2, brokers: 3, disks: 1, before: 1 }

test('the same seed plans the same faults, requests and messages; another seed others', () => {
  const plan = (seed: number) => [
    ...[planFaults(seed, 120, THREE), planSteps(seed, 60, 8, 10), planMessages(seed, 60)],
    ...[planVc(seed, 60), planWork(seed, 60)],
  ]
  expect(plan(7)).toEqual(plan(7))
  expect(plan(8)).not.toEqual(plan(7))
})

test('every kind of fault has its turn before one comes again', () => {
  const names = planFaults(1, 300, THREE).map(({ name }) => name)
  const kinds = Object.keys(FAULTS)
  expect(new Set(names.slice(0, kinds.length))).toEqual(new Set(kinds))
})

test('only what is there is struck', () => {
  const names = planFaults(1, 300, { workers: 1, relays: 0, webs: 1, brokers: 0, disks: 0, before: 0 }).map(
    ({ name }) => name,
  )
  expect(names.filter((name) => /relay|broker|leader|disk|before/.test(name))).toEqual([])
  const targets = planFaults(1, 300, { ...THREE, workers: 2 }).filter(({ name }) => name.startsWith('worker'))
  expect(new Set(targets.map(({ target }) => target))).toEqual(new Set([0, 1]))
})

test('what comes again or is corrected was sent before', () => {
  const messages = planMessages(3, 120)
  const kinds = new Map(messages.map(({ n, shape }) => [n, shape]))
  for (const { n, shape, of } of messages) {
    if (shape === 'again') expect(['v3', 'v1', 'v4']).toContain(kinds.get(of))
    if (shape === 'update') expect(kinds.get(of)).toBe('v3')
    expect(of).toBeLessThanOrEqual(n)
  }
})

test('an array names nobody twice', () => {
  for (const { subjects } of planSteps(5, 120, 8, 10)) expect(new Set(subjects).size).toBe(subjects.length)
})

test('people do each kind of work in a run of a minute, each under an id of its own', () => {
  const work = planWork(9, 60)
  expect(new Set(work.map((one) => one.work))).toEqual(new Set(['recall', 'corrections', 'reissue']))
  expect(new Set(work.map(({ attempt }) => attempt)).size).toBe(work.length)
})
