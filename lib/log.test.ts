import { expect, test } from 'vitest'
import { traceOf } from './log'

test('a trace says what kind of error it was and where, and nothing of its sentence, whatever that looks like', () => {
  const sentence = 'Salwa\n    at Salwa (salwa)\n  at Salwa'
  const error = Object.assign(new TypeError(sentence), { code: 'E_X' })
  const trace = traceOf(error)
  expect(trace).toMatchObject({ name: 'TypeError', code: 'E_X' })
  expect(trace.frames.length).toBeGreaterThan(0)
  expect(trace.frames[0]).toContain('log.test.ts')
  expect(JSON.stringify(trace)).not.toContain('Salwa')
})

test('what is thrown and is no error is told by its type alone', () => {
  expect(traceOf('Salwa')).toEqual({ name: 'string', frames: [] })
  expect(traceOf({ message: 'Salwa' })).toEqual({ name: 'object', frames: [] })
})
