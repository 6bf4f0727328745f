import { expect, test } from 'vitest'
import { inTurn } from './a-few-a-turn.mjs'

/** What began, turn by turn of the event loop. */
async function turnsOf(count: number, each = (_at: number) => {}): Promise<number[][]> {
  const turns: number[][] = []
  let begun = 0
  for (let at = 0; at < count; at++) {
    inTurn(() => {
      begun++
      turns.at(-1)!.push(at)
      each(at)
    })
  }
  while (begun < count) {
    turns.push([])
    await new Promise((resolve) => setImmediate(resolve))
  }
  return turns.filter((turn) => turn.length > 0)
}

test('what comes together begins in its order, a few in a turn', async () => {
  expect(await turnsOf(10)).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
    [8, 9],
  ])
})

test('what comes alone begins in the same turn', async () => {
  expect(await turnsOf(1)).toEqual([[0]])
})

test('what comes while others begin waits for the next turn', async () => {
  let late = 0
  await turnsOf(4, (at) => at === 0 && inTurn(() => late++))
  expect(late).toBe(0)
  await new Promise((resolve) => setImmediate(resolve))
  expect(late).toBe(1)
})

test('one that throws keeps nobody behind it from beginning', async () => {
  const thrown: unknown[] = []
  const note = (error: unknown) => thrown.push(error)
  // The runner's own listeners would call it a failure.
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', note)
  try {
    const turns = await turnsOf(9, (at) => {
      if (at === 1) throw new Error('begun badly')
    })
    expect(turns.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(thrown).toEqual([new Error('begun badly')])
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const other of others) process.on('uncaughtException', other)
  }
})
