/** The only file that knows OpenTelemetry: makes spans and sends them in batches, as OTLP over HTTP (JSON). */
import type { Context as TraceContext, Span as OpenSpan } from '@opentelemetry/api'
import type { Config } from '@/lib/config'
import type { Attributes, PastSpan, Span, SpanFacts } from './tracing'

/** Loads the packages (not before: most installations have no use for them). Their own settings are the standard's OTEL_ ones. */
export async function openExporter({ roles, traces }: Pick<Config, 'roles' | 'traces'>) {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ])
  const usual = resources.resourceFromAttributes({ 'service.name': 'errata', 'errata.roles': roles.join(',') })
  const provider = new sdk.TracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
    resource: usual.merge(resources.detectResources({ detectors: [resources.envDetector] })),
    // A trace that began elsewhere is kept where the caller keeps it.
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(traces?.share ?? 1) }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  const tracer = provider.getTracer('errata')
  const kinds = {
    internal: api.SpanKind.INTERNAL,
    server: api.SpanKind.SERVER,
    producer: api.SpanKind.PRODUCER,
    consumer: api.SpanKind.CONSUMER,
  }

  function under(parent: string | null | undefined): TraceContext {
    const [, traceId, spanId, flags] = parent?.split('-') ?? []
    if (!traceId || !spanId) return api.ROOT_CONTEXT
    return api.trace.setSpanContext(api.ROOT_CONTEXT, {
      traceId,
      spanId,
      traceFlags: Number.parseInt(flags ?? '0', 16) & 1,
      isRemote: true,
    })
  }

  return {
    begin(
      name: string,
      { parent, kind = 'internal', attributes }: SpanFacts,
    ): Span & { failed(kind: string): void; end(): void } {
      const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, under(parent))
      return {
        traceparent: traceparentOf(span),
        set: (more: Attributes) => void span.setAttributes(more),
        // The kind of an error and not its sentence, which may repeat somebody's data.
        failed: (error) => void span.setStatus({ code: api.SpanStatusCode.ERROR }).setAttribute('error.type', error),
        end: () => span.end(),
      }
    },

    note(
      past: PastSpan,
      { parent, kind = 'internal' }: Pick<SpanFacts, 'parent' | 'kind'>,
      parts: readonly PastSpan[],
    ) {
      const options = { kind: kinds[kind], attributes: past.attributes, startTime: past.from }
      const span = tracer.startSpan(past.name, options, under(parent))
      const inside = api.trace.setSpan(api.ROOT_CONTEXT, span)
      for (const { name, from, until, attributes } of parts) {
        tracer.startSpan(name, { attributes, startTime: from }, inside).end(until)
      }
      span.end(past.until)
    },

    end: () => provider.shutdown(),
  }
}

function traceparentOf(span: OpenSpan): string {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`
}
