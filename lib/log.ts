/** The log: one JSON line an event, nothing personal in it. */
import pino from 'pino'
import { config } from './config'
import { withSourcePlace } from './source-places'

let logger: pino.Logger | undefined

/** The logger of this process, made on first use at LOG_LEVEL. */
export function log(): pino.Logger {
  logger ??= pino({ level: config().logLevel, base: undefined }, standardOutput())
  return logger
}

/** So much waits in memory while the disk of the log is full; what is said beyond that is lost. */
const KEPT_BYTES = 1024 * 1024

/** What cannot be written must not end the program that says it. */
function standardOutput(): pino.DestinationStream {
  const output = pino.destination({ fd: 1, sync: true, maxLength: KEPT_BYTES })
  output.on('error', () => {})
  return output
}

/**
 * An error that nobody caught ends this process with one line in the log. Node's own last words would be the error's sentence,
 * which may repeat somebody's data.
 */
export function endOnUncaughtErrors(): void {
  process.on('uncaughtException', (error) => {
    log().fatal(traceOf(error), 'an error that nobody caught')
    process.exit(1)
  })
}

/** What may be logged about an error: its kind and where it happened. Its sentence may repeat somebody's data. */
export function traceOf(error: unknown): { name: string; code?: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const { code } = error as { code?: unknown }
  // The sentence stands above the frames, and may itself have lines that look like one.
  const stack = error.stack ?? ''
  const sentence = stack.indexOf(error.message)
  const below = sentence < 0 ? stack : stack.slice(sentence + error.message.length)
  const frames = below.split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    frames: frames.slice(0, 12).map((frame) => withSourcePlace(frame.trim())),
  }
}
