/** Which statements a connection keeps prepared: those that come again and again are read and planned once, not every time. */

/** A statement that came so often comes again. */
const OFTEN = 20
/** So many are kept, on each connection of a pool: our own are far fewer, and texts made for one list of values stay out. */
const MOST = 400
/** Texts that are counted at a time. */
const MOST_COUNTED = 2000
/** Planned anew when it came so many times as often: the tables have grown, and a plan for small ones reads them whole. */
const GROWTH = 8

/**
 * Gives statements their names, '' = not kept. To be asked at every execution. One for each pool: a name means one text
 * on all of its connections.
 */
export function statementNames(): (statement: { sql: string; args: unknown[] }) => string {
  const kept = new Map<string, { name: string; count: number; until: number }>()
  const counts = new Map<string, number>()
  return ({ sql, args }) => {
    const known = kept.get(sql)
    if (known) {
      if (++known.count >= known.until) {
        known.until *= GROWTH
        known.name += '+'
      }
      return known.name
    }
    // BEGIN, COMMIT and the like have nothing to plan.
    if (args.length === 0 || kept.size >= MOST) return ''
    const count = (counts.get(sql) ?? 0) + 1
    if (count < OFTEN) {
      if (counts.size >= MOST_COUNTED) counts.clear()
      counts.set(sql, count)
      return ''
    }
    counts.delete(sql)
    const made = { name: `s${kept.size + 1}`, count, until: count * GROWTH }
    kept.set(sql, made)
    return made.name
  }
}
