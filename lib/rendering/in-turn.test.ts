import { expect, test } from 'vitest'
import { inTurn } from './in-turn'

test('one piece in a turn of the event loop, in the order in which they were asked for', async () => {
  let turn = 0
  let over = false
  const count = () => {
    turn++
    if (!over) setImmediate(count)
  }
  const turns = await Promise.all(
    ['first', 'second', 'third'].map((name, at) => {
      if (at === 0) setImmediate(count)
      return inTurn(() => `${name} ${turn}`)
    }),
  )
  over = true
  expect(turns.map((told) => told.split(' ')[0])).toEqual(['first', 'second', 'third'])
  expect(new Set(turns.map((told) => told.split(' ')[1])).size).toBe(3)
})

test('a piece that fails holds up nobody', async () => {
  const failing = inTurn(() => {
    throw new Error('not this one')
  })
  const next = inTurn(() => 'done')
  await expect(failing).rejects.toThrow('not this one')
  expect(await next).toBe('done')
})
