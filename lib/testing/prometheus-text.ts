/** Reads Prometheus' text format 0.0.4 as strictly as its own documentation has it: a second opinion about what we answer. */

export interface Family {
  help: string
  type: 'counter' | 'gauge' | 'histogram' | 'summary'
  samples: { name: string; labels: Record<string, string>; value: number }[]
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

/** All families by name. Throws a sentence about the first line that is not as it should be. */
export function readPrometheusText(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  const families = new Map<string, Family>()
  const seen = new Set<string>()
  let current: Partial<Family> & { name: string } = { name: '' }
  for (const line of text.split('\n')) {
    if (line === '') continue
    const [, keyword, name, rest] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (keyword === 'HELP') {
      if (!NAME.test(name!) || families.has(name!)) throw new Error(`A family twice, or with a wrong name: ${line}`)
      current = { name: name!, help: rest! }
    } else if (keyword === 'TYPE') {
      if (name !== current.name || !/^(counter|gauge|histogram|summary)$/.test(rest!)) throw new Error(`TYPE: ${line}`)
      families.set(name, { help: current.help!, type: rest as Family['type'], samples: [] })
    } else {
      const sample = sampleIn(line)
      const family = families.get(current.name)
      if (!family || !belongs(sample.name, current.name, family.type)) throw new Error(`Under no family: ${line}`)
      const key = `${sample.name} ${JSON.stringify(Object.entries(sample.labels).sort())}`
      if (seen.has(key)) throw new Error(`Twice: ${line}`)
      seen.add(key)
      family.samples.push(sample)
    }
  }
  for (const [name, family] of families) checkFamily(name, family)
  return families
}

function sampleIn(line: string): Family['samples'][number] {
  const [, name, inside, number] = SAMPLE.exec(line) ?? []
  if (!name) throw new Error(`No sample: ${line}`)
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  while (inside && LABEL.lastIndex < inside.length) {
    const [, label, value] = LABEL.exec(inside) ?? []
    if (!label || label in labels) throw new Error(`Labels: ${line}`)
    labels[label] = value!
  }
  const value = number === '+Inf' ? Infinity : number === '-Inf' ? -Infinity : Number(number)
  if (Number.isNaN(value) && number !== 'NaN') throw new Error(`No number: ${line}`)
  return { name, labels, value }
}

function belongs(sample: string, family: string, type: Family['type']): boolean {
  if (type === 'histogram') return [`${family}_bucket`, `${family}_sum`, `${family}_count`].includes(sample)
  if (type === 'summary') return [family, `${family}_sum`, `${family}_count`].includes(sample)
  return sample === family
}

/** Buckets only grow, and the last one is the count; counters do not fall below 0. */
function checkFamily(name: string, { type, samples }: Family): void {
  if (type === 'counter' && samples.some(({ value }) => !(value >= 0))) throw new Error(`${name} is below 0.`)
  if (type !== 'histogram') return
  const of = (labels: Record<string, string>) => {
    const { le: _le, ...others } = labels
    return JSON.stringify(Object.entries(others).sort())
  }
  const last = new Map<string, { le: number; value: number }>()
  for (const { name: part, labels, value } of samples) {
    if (part === `${name}_bucket`) {
      const le = labels.le === '+Inf' ? Infinity : Number(labels.le)
      const before = last.get(of(labels))
      if (before && !(le > before.le && value >= before.value)) throw new Error(`Buckets of ${name} fall.`)
      last.set(of(labels), { le, value })
    } else if (part === `${name}_count`) {
      const whole = last.get(of(labels))
      if (whole?.le !== Infinity || whole.value !== value) throw new Error(`${name} has not all in +Inf.`)
    }
  }
}

/** The value of a sample; 0 for a counter that nothing was counted in yet. */
export function valueOf(families: Map<string, Family>, name: string, labels: Record<string, string> = {}): number {
  const family = families.get(name) ?? families.get(name.replace(/_(count|sum|bucket)$/, ''))
  if (!family) throw new Error(`There is no ${name}.`)
  const wanted = Object.entries(labels)
  const found = family.samples.filter(
    (one) => one.name === name && wanted.every(([label, value]) => one.labels[label] === value),
  )
  return found.reduce((sum, { value }) => sum + value, 0)
}
