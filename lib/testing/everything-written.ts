/** What this process writes to its outputs, by whatever way, and what a child process writes: for tests that search it. */
import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import { format } from 'node:util'

export interface Written {
  /** All of it so far. */
  text(): string
  /** Adds what a child says from now on. */
  watch(child: ChildProcess): void
  stop(): void
}

const SAYING = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const

/** Watches from now on. pino writes to the file descriptor past `process.stdout`, and vitest has a console of its own. */
export function everythingWritten(): Written {
  const pieces: string[] = []
  const keep = (piece: unknown) =>
    pieces.push(typeof piece === 'string' ? piece : Buffer.from(piece as Uint8Array).toString('utf8'))
  const { writeSync, write } = fs
  const streams = [process.stdout, process.stderr]
  const before = streams.map((stream) => stream.write)
  const seen = (fd: unknown) => fd === 1 || fd === 2
  fs.writeSync = ((fd: number, piece: never, ...more: never[]) => {
    if (seen(fd)) keep(piece)
    return seen(fd) ? Buffer.byteLength(piece) : (writeSync as (...args: unknown[]) => number)(fd, piece, ...more)
  }) as never
  fs.write = ((fd: number, piece: never, ...more: never[]) => {
    if (seen(fd)) keep(piece)
    return (write as unknown as (...args: unknown[]) => void)(fd, piece, ...more)
  }) as never
  for (const stream of streams) {
    stream.write = ((piece: string | Uint8Array, ...more: unknown[]) => {
      keep(piece)
      const done = more.findLast((one) => typeof one === 'function') as (() => void) | undefined
      done?.()
      return true
    }) as never
  }
  const own = SAYING.map((name) => console[name])
  for (const name of SAYING) console[name] = (...said: unknown[]) => void keep(`${format(...said)}\n`)
  return {
    text: () => pieces.join(''),
    watch(child) {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', keep)
    },
    stop() {
      Object.assign(fs, { writeSync, write })
      SAYING.forEach((name, at) => (console[name] = own[at]!))
      streams.forEach((stream, at) => (stream.write = before[at]!))
    },
  }
}
