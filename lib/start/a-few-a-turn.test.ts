import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { inTurn } from './a-few-a-turn.mjs'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Asks for so many at once: which have begun, and how each is answered. */
function asked(count: number, each = (_at: number) => {}) {
  const begun: number[] = []
  const responses = Array.from({ length: count }, () => new EventEmitter())
  responses.forEach((response, at) =>
    inTurn(() => {
      begun.push(at)
      each(at)
    }, response),
  )
  return { begun, answer: (...which: number[]) => which.forEach((at) => responses[at]!.emit('close')) }
}

test('what comes together begins in its order, a few at a time, and the next when one is answered', async () => {
  const { begun, answer } = asked(7)
  expect(begun).toEqual([])
  await turn()
  await turn()
  expect(begun).toEqual([0, 1, 2])
  answer(2)
  await turn()
  expect(begun).toEqual([0, 1, 2, 3])
  answer(0, 1, 3)
  await turn()
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6])
  answer(4, 5, 6)
})

test('what takes long keeps nobody waiting for its end, and counts once', async () => {
  const slow = asked(3)
  const behind = asked(4)
  await expect.poll(() => behind.begun).toEqual([0, 1, 2, 3])
  slow.answer(0, 1, 2)
  behind.answer(0, 1, 2, 3)
  const { begun, answer } = asked(4)
  await turn()
  await turn()
  expect(begun).toEqual([0, 1, 2])
  answer(0, 1, 2)
  await turn()
  answer(3)
})

test('one that throws keeps nobody behind it from beginning', async () => {
  const thrown: unknown[] = []
  const note = (error: unknown) => thrown.push(error)
  // The runner's own listeners would call it a failure.
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', note)
  try {
    const { begun, answer } = asked(3, (at) => {
      if (at === 1) throw new Error('begun badly')
    })
    await turn()
    await turn()
    expect(begun).toEqual([0, 1, 2])
    expect(thrown).toEqual([new Error('begun badly')])
    answer(0, 1, 2)
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const other of others) process.on('uncaughtException', other)
  }
})
