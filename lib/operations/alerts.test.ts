/** Alerts and their document speak of figures that there are, and of all of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { metrics } from './metrics'

const root = join(import.meta.dirname, '..', '..')
const rules = readFileSync(join(root, '.config', 'alerts.yaml'), 'utf8')
const document = readFileSync(join(root, '.github', 'operations.md'), 'utf8')
const registered = metrics.registry.getMetricsAsArray().map(({ name }) => name)
const alerts = [...rules.matchAll(/^ {6}- alert: (\w+)\n(?: {8}#.*\n)? {8}expr: (.+)$/gm)].map(([, name, expr]) => ({
  name,
  expr: expr!,
}))

test('every rule asks for figures of the registry, with labels that they have', () => {
  expect(alerts.length).toBe([...rules.matchAll(/- alert:/g)].length)
  expect(alerts.length).toBeGreaterThan(20)
  const unknown = alerts.flatMap(({ name, expr }) => {
    const named = [...expr.matchAll(/(errata_\w+?)(?:_bucket|_count|_sum)?\b(?:\{([^}]*)\})?/g)]
    if (named.length === 0 && !/^(up|nodejs_eventloop_lag_p99_seconds)\{job="errata"\}/.test(expr))
      return [`${name}: ${expr}`]
    return named.flatMap(([, metric, labels = '']) => {
      const known = metrics.registry.getSingleMetric(metric!) as { labelNames?: string[] } | undefined
      if (!known) return [`${name}: ${metric}`]
      const wrong = [...labels.matchAll(/(\w+)\s*[=!]/g)].filter(([, label]) => !known.labelNames?.includes(label!))
      return wrong.map(([, label]) => `${name}: ${metric} has no ${label}`)
    })
  })
  expect(unknown).toEqual([])
})

test('every alert says what to do, and nothing is explained that there is not', () => {
  const explained = [...document.matchAll(/^### (Errata\w+)$/gm)].map(([, name]) => name)
  expect(explained).toEqual(alerts.map(({ name }) => name))
})

test('every figure stands in the document, and the document names no other', () => {
  const named = new Set([...document.matchAll(/errata_\w+/g)].map(([name]) => name))
  expect([...named].sort()).toEqual([...registered].sort())
})

test('labels have few values: none is an id, a code of a person, an address or a name', () => {
  const labels = new Set(
    metrics.registry.getMetricsAsArray().flatMap((one) => (one as unknown as { labelNames: string[] }).labelNames),
  )
  expect([...labels].sort()).toEqual([
    'code',
    'form',
    'kind',
    'limit',
    'method',
    'outcome',
    'route',
    'state',
    'status',
    'step',
    'topic',
    'type',
  ])
})
