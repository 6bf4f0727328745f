/** The counts of all parts of the registry, as one. Pure. */
import type { ReissueCounts } from '@/lib/reissues/answers'

const FACILITIES_SHOWN = 20
const SAMPLES = 3

export type WholeCount = Pick<ReissueCounts, 'version' | 'chosen' | 'keyUnknown' | 'skipped'> & {
  versions: { version: number; count: number }[]
  /** Most first, as many as are shown. */
  facilities: { code: string; name: string; count: number }[]
  /** Some that nothing stands in the way of, of different versions where there are several. */
  some: string[]
}

/** Of at least one part. */
export function sumOf(parts: ReissueCounts[]): WholeCount {
  const versions = summed(
    parts.map((part) => part.versions),
    ({ version }) => version,
  )
  return {
    version: parts[0]!.version,
    chosen: parts.reduce((sum, { chosen }) => sum + chosen, 0),
    keyUnknown: parts.reduce((sum, { keyUnknown }) => sum + keyUnknown, 0),
    skipped: summed(
      parts.map(({ skipped }) => skipped),
      ({ code }) => code,
    ).toSorted(mostFirst),
    versions: versions.toSorted((a, b) => a.version - b.version),
    facilities: summed(
      parts.map(({ facilities }) => facilities),
      ({ code }) => code,
    )
      .toSorted(mostFirst)
      .slice(0, FACILITIES_SHOWN),
    some: samplesOf(parts),
  }
}

/** The first of each version, then the second of each. */
function samplesOf(parts: ReissueCounts[]): string[] {
  const byVersion = new Map<number, string[]>()
  for (const { version, some } of parts.flatMap(({ versions }) => versions)) {
    byVersion.set(version, [...(byVersion.get(version) ?? []), ...(some ?? [])])
  }
  const rows = [...byVersion].toSorted(([a], [b]) => a - b).map(([, ids]) => ids)
  return [0, 1, 2].flatMap((nth) => rows.flatMap((ids) => ids[nth] ?? [])).slice(0, SAMPLES)
}

function summed<Row extends { count: number }>(parts: Row[][], keyOf: (row: Row) => string | number): Row[] {
  const sums = new Map<string | number, Row>()
  for (const row of parts.flat()) {
    const before = sums.get(keyOf(row))
    sums.set(keyOf(row), before ? { ...before, count: before.count + row.count } : row)
  }
  return [...sums.values()]
}

function mostFirst(a: { count: number }, b: { count: number }): number {
  return b.count - a.count
}
