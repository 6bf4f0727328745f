'use client'
/** Whether the page works already, or is still only a picture of itself. */
import { useSyncExternalStore } from 'react'

/** False until our code runs in the browser. A form sent before that would go its own way: fields in the address, nothing found. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )
}
