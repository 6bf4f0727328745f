'use client'
/** Parts that show only when somebody asks for them: their code comes once the page has come to rest. */
import { useEffect, useState } from 'react'

/** After so long a page has come to rest. */
const REST_MS = 2000
const AGAIN_MS = 3000

/**
 * What `load` brings, null until then: at rest, so that it is there later without a connection, too, or at once when it is
 * `wanted`. `load` is a function of a module.
 */
export function useLater<T extends object>(load: () => Promise<T>, wanted: boolean): T | null {
  const [part, setPart] = useState<T | null>(null)
  useEffect(() => {
    if (part) return
    let timer = 0
    let gone = false
    const bring = () => {
      load().then(
        (found) => !gone && setPart(found),
        // No connection: it is asked for until it is there.
        () => !gone && (timer = window.setTimeout(bring, AGAIN_MS)),
      )
    }
    timer = window.setTimeout(bring, wanted ? 0 : REST_MS)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [part, load, wanted])
  return part
}
