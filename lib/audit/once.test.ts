import { describe, expect, test } from 'vitest'
import { Once } from './once'

describe('what was written a moment ago', () => {
  test('is not written again within the time, and is after it', async () => {
    const once = new Once(1000)
    let written = 0
    const at = (now: number) => once.do('a', now, async () => void written++)
    await at(0)
    await at(999)
    expect(written).toBe(1)
    await at(1000)
    expect(written).toBe(2)
  })

  test('is waited for by who comes while it is being written, and failed for both when it fails', async () => {
    const once = new Once(1000)
    let fail: (error: Error) => void = () => {}
    const first = once.do('a', 0, () => new Promise((_, reject) => (fail = reject)))
    const second = once.do('a', 1, () => Promise.reject(new Error('not called')))
    fail(new Error('database away'))
    await expect(first).rejects.toThrow('database away')
    await expect(second).rejects.toThrow('database away')
    let written = 0
    await once.do('a', 2, async () => void written++)
    expect(written).toBe(1)
  })

  test('does not grow without end', async () => {
    const once = new Once(1_000_000)
    for (let n = 0; n < 60_000; n++) await once.do(`key ${n}`, n, async () => {})
    expect(once.size).toBe(50_000)
  })
})
