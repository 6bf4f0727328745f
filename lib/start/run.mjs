/** Runs a program to its end; what it says is shown only when it fails. */
import { spawn } from 'node:child_process'
import { root } from './bundle.mjs'
import { withoutPrivateKeys } from './settings.mjs'

/** Programs under way, for the case that the start is interrupted. */
const running = new Set()

/**
 * @param {string} label for the error
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string | undefined>, shell?: boolean }} [options] `env` is added to ours without what signs: packages and
 *   builds run programs of many people
 * @returns {Promise<string>} its standard output
 * @throws with everything it said when it ends with another code than 0
 */
export function run(label, program, args, { env = {}, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...withoutPrivateKeys(process.env), ...env },
      shell,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let output = ''
    let said = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      said += chunk
    })
    child.stderr.on('data', (chunk) => (said += chunk))
    child.once('error', (error) => reject(new Error(`${label}: ${error.message}`)))
    child.once('close', (code, signal) => {
      running.delete(child)
      if (code === 0) resolve(output)
      else reject(new Error(`${label} failed (ended with ${code ?? signal}):\n${said.trim()}`))
    })
  })
}

/** Ends the programs under way. */
export function interruptRuns() {
  for (const child of running) child.kill('SIGTERM')
}
