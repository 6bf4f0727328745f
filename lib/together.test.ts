import { expect, test, vi } from 'vitest'
import { Together } from './together'

/** Work that ends when told to, and notes its rounds. */
function held() {
  const rounds: { parts: string[]; end: (error?: Error) => void }[] = []
  const work = (parts: string[]) =>
    new Promise<string[]>((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve(parts.map((part) => part.toUpperCase())))
      rounds.push({ parts, end })
    })
  return { rounds, work }
}

test('who comes first begins alone; who comes meanwhile shares the next round and gets the own outcome', async () => {
  const { rounds, work } = held()
  const together = new Together(work)
  const all = ['a', 'b', 'c'].map((part) => together.join(part))
  expect(rounds.map(({ parts }) => parts)).toEqual([['a']])
  rounds[0]!.end()
  await all[0]
  await vi.waitFor(() => expect(rounds).toHaveLength(2))
  rounds[1]!.end()
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C'])
  expect(rounds[1]!.parts).toEqual(['b', 'c'])
})

test('what may not share waits for a round of its own, in the order in which it came', async () => {
  const { rounds, work } = held()
  const together = new Together(work, (part, taken: string[]) => !taken.some((one) => one[0] === part[0]))
  const all = ['x', 'a1', 'a2', 'b1'].map((part) => together.join(part))
  for (let round = 0; round < 3; round++) {
    await vi.waitFor(() => expect(rounds).toHaveLength(round + 1))
    rounds[round]!.end()
  }
  await Promise.all(all)
  expect(rounds.map(({ parts }) => parts)).toEqual([['x'], ['a1', 'b1'], ['a2']])
})

test('what goes wrong in a round is heard by those of that round alone', async () => {
  const { rounds, work } = held()
  const together = new Together(work)
  const all = ['a', 'b', 'c'].map((part) => together.join(part).catch((error: Error) => error.message))
  rounds[0]!.end(new Error('lost'))
  await vi.waitFor(() => expect(rounds).toHaveLength(2))
  rounds[1]!.end()
  expect(await Promise.all(all)).toEqual(['lost', 'B', 'C'])
})

test('a round that takes long holds up nobody', async () => {
  const { rounds, work } = held()
  const together = new Together(work)
  const slow = together.join('slow')
  const quick = together.join('quick')
  await vi.waitFor(() => expect(rounds).toHaveLength(2))
  rounds[1]!.end()
  expect(await quick).toBe('QUICK')
  rounds[0]!.end()
  expect(await slow).toBe('SLOW')
})
