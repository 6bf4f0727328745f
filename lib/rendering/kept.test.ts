import { expect, test } from 'vitest'
import { keptByContent } from './kept'

const bytes = (length: number) => new Uint8Array(length)
const room = (most: number) => keptByContent<Uint8Array>(most, ({ length }) => length)

function counting(length = 10) {
  const counted = { times: 0, make: () => Promise.resolve(bytes(length)).finally(() => counted.times++) }
  return counted
}

test('the same content is made once, one after the other and at the same time', async () => {
  const kept = room(1000)
  const page = counting()
  const together = await Promise.all([kept.of(['a', 'b'], page.make), kept.of(['a', 'b'], page.make)])
  await kept.of(['a', 'b'], page.make)
  expect(page.times).toBe(1)
  expect(together[0]).toBe(together[1])
})

test('other content is made anew, however its parts are cut', async () => {
  const kept = room(1000)
  const page = counting()
  for (const content of [['ab', 'c'], ['a', 'bc'], ['abc'], ['abc', '']]) await kept.of(content, page.make)
  expect(page.times).toBe(4)
})

test('what fails is told to all who wait and tried again by the next', async () => {
  const kept = room(1000)
  const fails = () => Promise.reject(new Error('not now'))
  const first = await Promise.allSettled([kept.of(['a'], fails), kept.of(['a'], fails)])
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await kept.of(['a'], counting().make)).toHaveLength(10)
})

test('what was asked for longest ago makes room', async () => {
  const kept = room(25)
  const [old, used, next] = [counting(), counting(), counting()]
  await kept.of(['used'], used.make)
  await kept.of(['old'], old.make)
  await kept.of(['used'], used.make)
  await kept.of(['next'], next.make)
  await kept.of(['used'], used.make)
  await kept.of(['old'], old.make)
  expect([old.times, used.times, next.times]).toEqual([2, 1, 1])
})

test('what is larger than all the room is given and not kept', async () => {
  const kept = room(25)
  const large = counting(100)
  expect(await kept.of(['large'], large.make)).toHaveLength(100)
  await kept.of(['large'], large.make)
  expect(large.times).toBe(2)
})
