import { expect, test } from 'vitest'
import { ownTurn } from './own-turn'

/** Counts turns of the event loop until it is stopped. */
function countTurns() {
  let [turn, isOver] = [0, false]
  const count = () => {
    turn += 1
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  return { now: () => turn, stop: () => void (isOver = true) }
}

test('several at work go on one in each turn, in the order in which they asked', async () => {
  const turns = countTurns()
  const steps: { who: string; turn: number }[] = []
  const work = async (who: string) => {
    for (let step = 0; step < 3; step++) {
      await ownTurn()
      steps.push({ who, turn: turns.now() })
    }
  }
  await Promise.all(['a', 'b', 'c'].map(work))
  turns.stop()
  expect(steps.map(({ who }) => who).join('')).toBe('abcabcabc')
  expect(new Set(steps.map(({ turn }) => turn)).size).toBe(steps.length)
})

test('who asks when nobody waits goes on in the next turn, and one that fails holds up nobody', async () => {
  const failed = ownTurn().then(() => {
    throw new Error('failed')
  })
  const after = ownTurn().then(() => 'after')
  await expect(failed).rejects.toThrow('failed')
  expect(await after).toBe('after')
  const turns = countTurns()
  await ownTurn()
  turns.stop()
  expect(turns.now()).toBeLessThanOrEqual(1)
})
