/** What was made once, by a hash of all that it was made of: the same again is not made again. */
import { createHash } from 'node:crypto'

export interface Kept<T> {
  /**
   * What `make` gave for this content, now or before; who asks while it is being made waits for the same. What fails is not
   * kept. `content`: everything that decides what comes out.
   */
  of(content: readonly string[], make: () => Promise<T>): Promise<T>
}

/** Keeps so many bytes at most; what was asked for longest ago goes first. */
export function keptByContent<T>(mostBytes: number, bytesOf: (made: T) => number): Kept<T> {
  const made = new Map<string, Promise<T>>()
  /** Bytes of what is made, in the order in which it was last asked for. */
  const sizes = new Map<string, number>()
  let bytes = 0

  function forget(key: string) {
    bytes -= sizes.get(key) ?? 0
    sizes.delete(key)
    made.delete(key)
  }

  function count(key: string, size: number) {
    sizes.set(key, size)
    bytes += size
    // One that is still being made has no size yet and stays.
    for (const oldest of sizes.keys()) {
      if (bytes <= mostBytes) return
      forget(oldest)
    }
  }

  return {
    of(content, make) {
      const key = keyOf(content)
      const known = made.get(key)
      if (known) {
        const size = sizes.get(key)
        if (size !== undefined) {
          sizes.delete(key)
          sizes.set(key, size)
        }
        return known
      }
      const making = make()
      made.set(key, making)
      making.then(
        (result) => count(key, bytesOf(result)),
        () => forget(key),
      )
      return making
    },
  }
}

/** Lengths between the parts: no two lists of parts read the same. */
function keyOf(content: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of content) hash.update(`${part.length}\n`).update(part)
  return hash.digest('base64url')
}
