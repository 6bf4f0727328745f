import { spawn } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { lockHolder, tryLock } from './lock.mjs'
import { identityOf } from './process-identity.mjs'

const MODULE = new URL('./lock.mjs', import.meta.url).href
let folder: string
let path: string

beforeEach(() => {
  folder = temporaryFolder('erl-')
  path = join(folder, 'start.lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the start lock', () => {
  test('is held by one at a time and free again after release', () => {
    const lock = tryLock(path)
    expect(lock).not.toBeNull()
    expect(tryLock(path)).toBeNull()
    expect(lockHolder(path)).toBe(process.pid)
    lock!.release()
    expect(lockHolder(path)).toBeNull()
    expect(tryLock(path)).not.toBeNull()
  })

  test('passes on from a holder that was killed, also when another process got its number', () => {
    writeFileSync(`${path}.7`, JSON.stringify({ pid: 2 ** 22 - 1, started: 'long ago' }))
    expect(tryLock(path)).not.toBeNull()
    writeFileSync(`${path}.9`, JSON.stringify({ ...identityOf(process.pid), started: 'another boot/1' }))
    expect(tryLock(path)).not.toBeNull()
    expect(readdirSync(folder)).toEqual(['start.lock.10'])
  })

  test('twenty processes that find the same dead holder: exactly one takes over', async () => {
    writeFileSync(`${path}.3`, JSON.stringify({ pid: 2 ** 22 - 1, started: 'long ago' }))
    const script = `
      const { tryLock } = await import(${JSON.stringify(MODULE)})
      process.stdin.once('data', () => {
        process.stdout.write(tryLock(${JSON.stringify(path)}) ? 'taken' : 'refused')
        process.stdin.once('data', () => process.exit())
      })
      process.stdout.write('ready ')`
    const programs = Array.from({ length: 20 }, () => spawn(process.execPath, ['--input-type=module', '-e', script]))
    await Promise.all(programs.map((program) => said(program, /ready/)))
    for (const program of programs) program.stdin.write('go\n')
    const answers = await Promise.all(programs.map((program) => said(program, /taken|refused/)))
    for (const program of programs) program.stdin.write('end\n')
    expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1)
    expect(answers).toHaveLength(20)
  })
})

function said(program: ReturnType<typeof spawn>, what: RegExp): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    program.stdout!.on('data', (chunk) => {
      text += chunk
      const match = what.exec(text)
      if (match) resolve(match[0])
    })
  })
}
