/** Spans of a request, over all processes it passes through. Nothing is loaded, and nothing made, unless a place to send them is set. */
import { config } from '@/lib/config'
import { log, traceOf } from '@/lib/log'
import type { openExporter } from './trace-exporter'

/** W3C trace context, level 1: version, trace, span, flags. Of another version only what this one has is read. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

/** Name of the header, over HTTP and on Kafka. */
export const TRACEPARENT_HEADER = 'traceparent'

/** Values of few letters that say nothing of anybody: templates, codes, ids of requests and transactions. */
export type Attributes = Record<string, string | number | boolean>

export interface SpanFacts {
  /** The traceparent of what it is part of; null = nothing known. */
  parent: string | null | undefined
  kind?: 'internal' | 'server' | 'producer' | 'consumer'
  attributes?: Attributes
}

/** A span that goes on. */
export interface Span {
  /** What the next process names as its parent: this span, or where no traces are made what came along; null = nothing. */
  readonly traceparent: string | null
  set(attributes: Attributes): void
}

/** A span that is over; times in milliseconds since 1970. */
export interface PastSpan {
  name: string
  from: number
  until: number
  attributes?: Attributes
}

/** The traceparent in a header; null where there is none that can be read. */
export function traceparentIn(header: string | null | undefined): string | null {
  return header && TRACEPARENT.test(header) ? header : null
}

/** Runs `work` in a span of its own; what it throws marks the span as failed. */
export async function traced<T>(name: string, facts: SpanFacts, work: (span: Span) => Promise<T>): Promise<T> {
  const parent = traceparentIn(facts.parent)
  if (config().traces === null) return work({ traceparent: parent, set() {} })
  const open = await exporter()
  if (!open) return work({ traceparent: parent, set() {} })
  const span = open.begin(name, { ...facts, parent })
  try {
    return await work(span)
  } catch (error) {
    span.failed(error instanceof Error ? error.name : 'unknown')
    throw error
  } finally {
    span.end()
  }
}

/** Notes a span that is over, with its parts. Does nothing where no traces are made. */
export function notePast(past: PastSpan, facts: Pick<SpanFacts, 'parent' | 'kind'>, parts: readonly PastSpan[]): void {
  if (config().traces === null) return
  void exporter().then((open) => open?.note(past, { ...facts, parent: traceparentIn(facts.parent) }, parts))
}

/** Sends what is left, where it can. To be called when the process ends. */
export async function endTracing(): Promise<void> {
  const open = await kept.errataTraces
  await open?.end().catch((error: unknown) => log().error(traceOf(error), 'the last traces were not sent'))
}

type Exporter = Awaited<ReturnType<typeof openExporter>>

const kept = globalThis as typeof globalThis & { errataTraces?: Promise<Exporter | null> }

/** Null where it cannot be made (a setting that the packages refuse): the work goes on without traces. */
function exporter(): Promise<Exporter | null> {
  kept.errataTraces ??= import('./trace-exporter')
    .then((loaded) => loaded.openExporter(config()))
    .catch((error: unknown) => {
      log().error(traceOf(error), 'traces cannot be made: the work goes on without them')
      return null
    })
  return kept.errataTraces
}
