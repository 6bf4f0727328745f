/** The processes of the installation, each a real one: started, killed, frozen, ended, and brought back by a supervisor. */
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { root } from '../../start/bundle.mjs'

const END_WITH_PARENT = pathToFileURL(join(root, 'lib', 'start', 'end-with-parent.mjs')).href
/** As `npm start` does: after a pause a program that ended by itself is started anew. */
const RESTART_AFTER_MS = 1000
/** What Next says when it closed everything after SIGTERM (128 + 15). */
const ENDED_BY_SIGTERM = 143
/** What is loaded into it listens by then; before, a signal would end it. */
const LISTENS_AFTER_MS = 5000
/** On a machine with other things to do; from then on it answers to SIGTERM itself. */
const STARTED_WITHIN_MS = 15_000
/** A graceful end takes at most this long. */
export const END_WITHIN_MS = 20_000

export interface Program {
  name: string
  /** By version; `home` is where its sources are. */
  versions: { now: Version; before?: Version }
  env: NodeJS.ProcessEnv
}

interface Version {
  home: string
  args: string[]
}

/** How a process ended though nobody had asked it to, or not as it was asked. */
export interface BadEnd {
  name: string
  at: Date
  how: string
}

/** One place of the installation, and the process that holds it now. */
export class Place {
  private child: ChildProcess | null = null
  private version: 'now' | 'before' = 'now'
  private wanted = false
  private frozen = false
  /** Since when it runs without being frozen. */
  private awakeSince = 0

  constructor(
    private readonly program: Program,
    private readonly logs: string,
    private readonly badEnds: BadEnd[],
  ) {}

  get name(): string {
    return this.program.name
  }

  get pid(): number | null {
    return this.child?.pid ?? null
  }

  start(): void {
    this.wanted = true
    if (this.child) return
    const log = openSync(join(this.logs, `${this.name}.log`), 'a')
    const { home, args } = this.program.versions[this.version]!
    const child = spawn(process.execPath, ['--enable-source-maps', '--import', END_WITH_PARENT, ...args], {
      cwd: home,
      env: { ...this.program.env, START_PID: String(process.pid) },
      stdio: ['pipe', log, log],
    })
    closeSync(log)
    this.child = child
    this.awakeSince = Date.now()
    child.once('exit', (code, signal) => this.ended(child, code === null ? `signal ${signal}` : `code ${code}`))
  }

  /** kill -9; it stays away until `start`. */
  async kill(): Promise<void> {
    this.wanted = false
    await this.gone('SIGKILL', END_WITHIN_MS)
  }

  /** SIGTERM. Noted as a bad end when it takes too long or does not say that all was well. */
  async end(): Promise<void> {
    this.wanted = false
    this.thaw()
    const child = this.child
    if (!child) return
    const mayBeStarting = Date.now() - this.awakeSince < STARTED_WITHIN_MS
    if (!(await this.gone('SIGTERM', END_WITHIN_MS))) {
      this.note(`it did not end within ${END_WITHIN_MS / 1000} s of SIGTERM`)
      await this.gone('SIGKILL', END_WITHIN_MS)
    } else if (child.signalCode === 'SIGTERM' && mayBeStarting) {
      // It had not come as far as to listen for signals, and nothing was at hand.
    } else if (child.exitCode !== 0 && child.exitCode !== ENDED_BY_SIGTERM) {
      this.note(`asked to end it ended with ${child.exitCode ?? child.signalCode}`)
    }
  }

  /** Ends it, and starts it as the other version. */
  async goOnAs(version: 'now' | 'before'): Promise<void> {
    await this.end()
    this.version = version
    this.start()
  }

  freeze(): void {
    this.frozen = this.child?.kill('SIGSTOP') ?? false
  }

  thaw(): void {
    if (!this.frozen) return
    this.child?.kill('SIGCONT')
    this.frozen = false
    this.awakeSince = Date.now()
  }

  /** A signal of ours, which only a process that has begun to listen for it survives: waits for that. */
  async signal(name: NodeJS.Signals): Promise<void> {
    await pause(Math.max(0, this.awakeSince + LISTENS_AFTER_MS - Date.now()))
    this.child?.kill(name)
  }

  private async gone(signal: NodeJS.Signals, withinMs: number): Promise<boolean> {
    const child = this.child
    if (!child) return true
    const exit = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)))
    child.kill(signal)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), withinMs)))
    const inTime = await Promise.race([exit, late])
    clearTimeout(timer)
    return inTime
  }

  private ended(child: ChildProcess, how: string): void {
    if (this.child !== child) return
    this.child = null
    this.frozen = false
    if (!this.wanted) return
    this.note(`it ended by itself with ${how}`)
    setTimeout(() => this.wanted && this.start(), RESTART_AFTER_MS)
  }

  private note(how: string): void {
    this.badEnds.push({ name: this.name, at: new Date(), how })
  }
}
