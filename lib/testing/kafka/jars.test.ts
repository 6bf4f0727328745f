import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { root } from '../../start/bundle.mjs'
import { fetchBroker } from './jars.mjs'

let folder: string
let programs: string

/** A machine with a shell and nothing else on its path. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'errata-machine-'))
  programs = join(folder, 'bin')
  mkdirSync(programs)
  symlinkSync('/bin/sh', join(programs, 'sh'))
  vi.stubEnv('PATH', programs)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

const has = (program: string, script: string) =>
  writeFileSync(join(programs, program), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
const hasJava = (version: string) => has('java', `echo "    java.specification.version = ${version}"`)
const missing = () => fetchBroker(join(folder, 'jars'))

test('npm run test:kafka without Java says so in one line, and counts as skipped', async () => {
  const command = [join(root, 'lib', 'testing', 'kafka.mjs')]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd: root })
  expect(stdout + stderr).toContain('Skipped: the Kafka tests did not run, because there is no Java (17 or later)')
})

test('what is missing is said: a Java that is new enough, Maven, the way to its registry', async () => {
  expect(await missing()).toMatch(/no Java/)
  hasJava('1.8')
  expect(await missing()).toBe('Java 8 is too old for a broker; it needs 17 or later')
  hasJava('17')
  expect(await missing()).toMatch(/^Maven could not fetch the broker \(.*ENOENT/)
  has('mvn', 'echo "[ERROR] Could not transfer artifact: Unknown host repo.maven.apache.org"; exit 1')
  expect(await missing()).toMatch(/^Maven could not fetch the broker \( ?Could not transfer artifact/)
})

test('jars that were fetched before are taken, without Maven', async () => {
  hasJava('21')
  mkdirSync(join(folder, 'jars'))
  expect(await missing()).toBeNull()
})
