/** The processes of a running installation: noted by identity, so that a later start can end what an earlier one left. */
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { identityOf, isRunning } from '../embedded/process-identity.mjs'
import { ownLikeFolder, writeWhole } from '../embedded/whole-file.mjs'
import { root } from './bundle.mjs'
import { say } from './progress.mjs'

const END_WITHIN_MS = 15_000
const END_WITH_PARENT = pathToFileURL(join(root, 'lib', 'start', 'end-with-parent.mjs')).href

/**
 * Starts a Node program that ends with us.
 * @param {object} options
 * @param {string} options.name for its notes and messages: "web", "worker"
 * @param {string} options.dataDir
 * @param {string[]} options.args script and its arguments
 * @param {Record<string, string | undefined>} options.env all of it
 * @param {(how: string) => void} options.onEnd called once with "code 1" or "signal SIGKILL"
 * @returns {{ stop(longerMs?: number): Promise<void> }} `longerMs`: patience beyond the usual
 */
export function startChild({ name, dataDir, args, env, onEnd }) {
  const output = outputFor(name, dataDir)
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, ...args], {
    cwd: root,
    // PGAPPNAME: PostgreSQL's own list of connections says whose they are.
    env: { ...env, START_PID: String(process.pid), PGAPPNAME: `errata ${name}` },
    // Its own group: Ctrl+C reaches us alone, and we end the children in order.
    detached: process.platform !== 'win32',
    stdio: ['pipe', output, output],
  })
  if (typeof output === 'number') closeSync(output)
  const identity = identityOf(child.pid)
  const note = join(ownFolder(dataDir, 'run'), `${name}.json`)
  noteDown(note, identity)
  child.once('exit', (code, reason) => {
    rmSync(note, { force: true })
    // Killed, it could not end what it had started (Next, in development, a server that would keep the port).
    if (process.platform !== 'win32') signal(-child.pid, 'SIGKILL')
    onEnd(code === null ? `signal ${reason}` : `code ${code}`)
  })
  return { stop: (longerMs = 0) => end(identity, END_WITHIN_MS + longerMs) }
}

/** For a start that comes after a kill -9 of this one. Without it the child still ends with us: the pipe closes. */
function noteDown(note, identity) {
  try {
    writeWhole(note, JSON.stringify(identity))
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error
    say(`The disk is full: what runs as process ${identity.pid} could not be noted down in ${note}`)
  }
}

/**
 * Ends what a killed start left running. A process is ended only if it is provably the noted one (same pid, same start
 * time); everything else is left alone.
 * @param {string} dataDir
 * @param {number} [patienceMs] after which asking turns into ending
 * @returns {Promise<string[]>} names of what was ended
 */
export async function endLeftovers(dataDir, patienceMs = END_WITHIN_MS) {
  const folder = ownFolder(dataDir, 'run')
  const ended = []
  for (const file of readdirSync(folder).filter((name) => /^[a-z]+\.json$/.test(name))) {
    const identity = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    // Without a start time (Windows) there is no proof.
    if (identity?.started && isRunning(identity)) {
      await end(identity, patienceMs)
      ended.push(file.replace('.json', ''))
    }
    rmSync(join(folder, file), { force: true })
  }
  return ended
}

/** Asks first, insists later; returns when the process and what it started are gone. */
async function end(identity, patienceMs = END_WITHIN_MS) {
  if (!isRunning(identity)) return
  signal(identity.pid, 'SIGTERM')
  const until = Date.now() + patienceMs
  while (isRunning(identity)) {
    if (Date.now() > until) signal(process.platform === 'win32' ? identity.pid : -identity.pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error // gone meanwhile
  }
}

/** At a terminal the logs go to files and leave the screen to us; in a container or under a supervisor they go on. */
function outputFor(name, dataDir) {
  if (!process.stdout.isTTY) return 'inherit'
  const file = join(ownFolder(dataDir, 'logs'), `${name}.log`)
  const output = openSync(file, 'a', 0o600)
  ownLikeFolder(file)
  return output
}

function ownFolder(dataDir, name) {
  const folder = join(dataDir, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  ownLikeFolder(folder)
  return folder
}
