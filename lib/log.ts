/** The log: one JSON line an event, nothing personal in it. */
import pino from 'pino'
import { config } from './config'

let logger: pino.Logger | undefined

/** The logger of this process, made on first use at LOG_LEVEL. */
export function log(): pino.Logger {
  logger ??= pino({ level: config().logLevel, base: undefined })
  return logger
}

/** What may be logged about an error: its kind and where it happened. Its sentence may repeat somebody's data. */
export function traceOf(error: unknown): { name: string; code?: string; frames: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const { code } = error as { code?: unknown }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    frames: frames.slice(0, 12).map((frame) => frame.trim()),
  }
}
