import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { loopWatch } from './busy-loop'

function work(ms: number) {
  for (const until = performance.now() + ms; performance.now() < until;);
}

test('a loop that had no pause is busy, and one that had nothing to do is not', async () => {
  const isBusy = loopWatch()
  expect(isBusy()).toBe(false)
  work(150)
  await pause(0)
  expect(isBusy()).toBe(true)
  await pause(500)
  expect(isBusy()).toBe(false)
})
