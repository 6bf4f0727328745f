import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepDatabase, keepProgram } from './keep-running.mjs'

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a program that ends at once is started five times, with growing waits, and then given up', async () => {
  const starts: number[] = []
  const giveUp = vi.fn()
  const start = (onEnd: (how: string) => void) => {
    starts.push(Date.now())
    onEnd('code 1')
  }
  keepProgram({ called: 'The web server', start, isStopping: () => false, giveUp })
  await vi.runAllTimersAsync()
  expect(starts.map((at) => at - starts[0]!)).toEqual([0, 1000, 3000, 7000, 15_000])
  expect(giveUp.mock.calls).toEqual([['The web server ended 5 times in a row, at last with code 1.']])
})

test('a program without which there is service is started for ever', async () => {
  let starts = 0
  const start = (onEnd: (how: string) => void) => {
    starts += 1
    onEnd('signal SIGKILL')
  }
  keepProgram({ called: 'The worker', start, isStopping: () => starts === 50 })
  await vi.runAllTimersAsync()
  expect(starts).toBe(50)
})

test('a database that cannot be opened again is tried again, and given up with its reason', async () => {
  const giveUp = vi.fn()
  const open = vi.fn(() => Promise.reject(new Error('The database did not start.')))
  keepDatabase({ database: { url: 'x', isAlive: () => false }, open, isStopping: () => false, giveUp })
  await vi.runAllTimersAsync()
  expect(open).toHaveBeenCalledTimes(4)
  expect(giveUp.mock.calls).toEqual([['The database did not start. That was the 5th time in a row.']])
})

test('while its disk is full a database is waited for, however long, and started at once when there is room', async () => {
  const giveUp = vi.fn()
  const began = Date.now()
  const isFull = () => Date.now() - began < 60 * 60_000
  const open = vi.fn(() => Promise.resolve({ url: 'x', isAlive: () => true }))
  keepDatabase({ database: { url: 'x', isAlive: () => false }, open, isFull, isStopping: () => false, giveUp })
  await vi.advanceTimersByTimeAsync(59 * 60_000)
  expect(open).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2 * 60_000)
  expect(open).toHaveBeenCalledTimes(1)
  expect(giveUp).not.toHaveBeenCalled()
})

test('a database that came back is looked after again; at another address it is given up', async () => {
  const giveUp = vi.fn()
  const lives = [
    { url: 'x', isAlive: () => false },
    { url: 'y', isAlive: () => true },
  ]
  const open = vi.fn(() => Promise.resolve(lives.shift()!))
  keepDatabase({ database: { url: 'x', isAlive: () => false }, open, isStopping: () => false, giveUp })
  await vi.runAllTimersAsync()
  expect(open).toHaveBeenCalledTimes(2)
  expect(giveUp).toHaveBeenCalledWith(expect.stringContaining('another address'))
})

test('nothing is started again while everything stops', async () => {
  let stopping = false
  const open = vi.fn()
  const start = vi.fn((onEnd: (how: string) => void) => {
    stopping = true
    onEnd('code 0')
  })
  keepProgram({ called: 'The worker', start, isStopping: () => stopping })
  keepDatabase({ database: { url: 'x', isAlive: () => false }, open, isStopping: () => stopping, giveUp: vi.fn() })
  await vi.runAllTimersAsync()
  expect(start).toHaveBeenCalledTimes(1)
  expect(open).not.toHaveBeenCalled()
})
