/** Two texts side by side, line by line: what stayed, what went, what came. Pure. */

export interface Line {
  kind: 'same' | 'removed' | 'added'
  text: string
  /** Numbers in the text before and after, from 1; null on the side where the line is not. */
  before: number | null
  after: number | null
}

/** More than this many lines on both sides are only said to be other: the work grows with their product. */
const MOST_LINES = 3000

/** All lines of both texts in their order, by the longest common run of lines. */
export function lineDiff(before: string, after: string): Line[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  let start = 0
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start += 1
  let end = 0
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end)) end += 1
  const middle = ofMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end))
  const kinds = [...Array<Line['kind']>(start).fill('same'), ...middle, ...Array<Line['kind']>(end).fill('same')]
  let [a, b] = [0, 0]
  return kinds.map((kind) => ({
    kind,
    text: kind === 'added' ? now[b]! : old[a]!,
    before: kind === 'added' ? null : ++a,
    after: kind === 'removed' ? null : ++b,
    ...(kind === 'same' && { text: now[b - 1]! }),
  }))
}

function ofMiddle(old: string[], now: string[]): Line['kind'][] {
  if (old.length > MOST_LINES || now.length > MOST_LINES)
    return [...old.map(() => 'removed' as const), ...now.map(() => 'added' as const)]
  // lengths[a][b]: how many lines of old from a and of now from b on can stay.
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1))
  for (let a = old.length - 1; a >= 0; a--) {
    for (let b = now.length - 1; b >= 0; b--) {
      lengths[a]![b] =
        old[a] === now[b] ? lengths[a + 1]![b + 1]! + 1 : Math.max(lengths[a + 1]![b]!, lengths[a]![b + 1]!)
    }
  }
  const kinds: Line['kind'][] = []
  for (let a = 0, b = 0; a < old.length || b < now.length;) {
    if (a < old.length && b < now.length && old[a] === now[b]) {
      kinds.push('same')
      a += 1
      b += 1
    } else if (b >= now.length || (a < old.length && lengths[a + 1]![b]! >= lengths[a]![b + 1]!)) {
      kinds.push('removed')
      a += 1
    } else {
      kinds.push('added')
      b += 1
    }
  }
  return kinds
}
