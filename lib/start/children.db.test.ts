import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { identityOf, isRunning } from '@/lib/embedded/process-identity.mjs'
import { temporaryFolder } from '@/lib/testing/temporary-folder'
import { endLeftovers, startChild } from './children.mjs'

const MODULE = new URL('./children.mjs', import.meta.url).href
let dataDir: string

beforeEach(() => {
  dataDir = temporaryFolder('erc-')
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

describe('the processes of an installation', () => {
  test('a child is asked to end, and the wait is over when it has', async () => {
    const ended = new Promise<string>((onEnd) => {
      const child = startChild({
        name: 'worker',
        dataDir,
        args: [program('process.on("SIGTERM", () => process.exit(7))')],
        env: {},
        onEnd,
      })
      void untilStarted('worker').then(() => child.stop())
    })
    expect(await ended).toBe('code 7')
    expect(existsSync(join(dataDir, 'run', 'worker.json'))).toBe(false)
  })

  test('children end by themselves when the program that started them is killed', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', parentOf(program(''))], { stdio: 'ignore' })
    const child = await untilStarted('worker')
    parent.kill('SIGKILL')
    while (isRunning(child)) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(isRunning(child)).toBe(false)
  })

  test('a leftover that does not end when asked is ended by the next start', async () => {
    const parent = spawn(process.execPath, ['--input-type=module', '-e', parentOf(program(''))], { stdio: 'ignore' })
    const child = await untilStarted('worker')
    process.kill(child.pid, 'SIGSTOP') // it notices nothing any more: neither the closed pipe nor SIGTERM
    parent.kill('SIGKILL')
    expect(await endLeftovers(dataDir, 100)).toEqual(['worker'])
    expect(isRunning(child)).toBe(false)
  })

  test('what a killed child had started ends with it', async () => {
    const noted = join(dataDir, 'grandchild')
    const starting = `import { spawn } from 'node:child_process'\nimport { writeFileSync as note } from 'node:fs'
      note(${JSON.stringify(noted)}, String(spawn('sleep', ['1000']).pid))`
    const ended = new Promise<string>((onEnd) => {
      startChild({ name: 'web', dataDir, args: [program(starting)], env: { PATH: process.env.PATH }, onEnd })
    })
    const child = await untilStarted('web')
    const grandchild = identityOf(Number(readFileSync(noted, 'utf8')))
    expect(isRunning(grandchild)).toBe(true)
    process.kill(child.pid, 'SIGKILL')
    expect(await ended).toBe('signal SIGKILL')
    while (isRunning(grandchild)) await new Promise((resolve) => setTimeout(resolve, 10))
  })

  test('a process that merely has the noted number is left alone', async () => {
    const foreign = spawn('sleep', ['1000'])
    mkdirSync(join(dataDir, 'run'))
    writeFileSync(
      join(dataDir, 'run', 'web.json'),
      JSON.stringify({ pid: foreign.pid, started: 'an earlier boot/123' }),
    )
    expect(await endLeftovers(dataDir)).toEqual([])
    expect(isRunning(identityOf(foreign.pid!))).toBe(true)
    expect(existsSync(join(dataDir, 'run', 'web.json'))).toBe(false)
    foreign.kill()
  })
})

/** A program that runs `code`, says in a file that it is up, and stays. */
function program(code: string): string {
  const file = join(dataDir, 'program.mjs')
  writeFileSync(
    file,
    `${code}\nimport { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(join(dataDir, 'up'))}, '')\nsetInterval(() => {}, 1000)`,
  )
  return file
}

function parentOf(script: string): string {
  const options = JSON.stringify({ name: 'worker', dataDir, args: [script], env: {} })
  return `const { startChild } = await import(${JSON.stringify(MODULE)}); startChild({ ...${options}, onEnd() {} })`
}

async function untilStarted(name: string): Promise<{ pid: number; started: string }> {
  while (!existsSync(join(dataDir, 'up'))) await new Promise((resolve) => setTimeout(resolve, 10))
  return JSON.parse(readFileSync(join(dataDir, 'run', `${name}.json`), 'utf8')) as { pid: number; started: string }
}
