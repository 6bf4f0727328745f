import { expect, test } from 'vitest'
import { inTurn } from './in-turn'

function keepBusy(milliseconds: number): void {
  const until = performance.now() + milliseconds
  while (performance.now() < until);
}

/** In which turn of the event loop each piece was done. */
async function turnsOf(pieces: readonly (() => void)[]): Promise<number[]> {
  let turn = 0
  let over = false
  const count = () => {
    turn++
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  const turns = await Promise.all(
    pieces.map((piece) =>
      inTurn(() => {
        piece()
        return turn
      }),
    ),
  )
  over = true
  return turns
}

test('long pieces are done in a turn each, in the order in which they were asked for', async () => {
  const done: number[] = []
  const long = (at: number) => () => {
    keepBusy(5)
    done.push(at)
  }
  const turns = await turnsOf([0, 1, 2, 3].map(long))
  expect(done).toEqual([0, 1, 2, 3])
  expect(new Set(turns).size).toBe(4)
})

test('a piece that fails holds up nobody, and what is asked for after the last one is done, too', async () => {
  const failing = inTurn(() => {
    throw new Error('not this one')
  })
  const next = inTurn(() => 'done')
  await expect(failing).rejects.toThrow('not this one')
  expect(await next).toBe('done')
  expect(await inTurn(() => 'later')).toBe('later')
})
