'use client'
/** A value that waits until somebody stops typing, so that not every letter is a question to the registry. */
import { useEffect, useState } from 'react'

const PAUSE_MS = 250

/** `value` as it was when it last stayed the same for a quarter of a second. */
export function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
