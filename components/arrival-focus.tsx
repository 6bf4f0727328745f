'use client'
/** When another page of ours appears, its title gets the focus, so that keyboard and screen reader begin at its top. */
import { useEffect } from 'react'

/** Watches the titles inside `main`: also a page that turns into another one at the same address (signing, then signed) counts. */
export function ArrivalFocus() {
  useEffect(() => {
    const main = document.querySelector('main')
    if (!main) return
    let timer = 0
    let last = main.querySelector(TITLE)
    // The first page is left to the browser.
    let first = last === null
    const observer = new MutationObserver(() => {
      const title = main.querySelector<HTMLElement>(TITLE)
      if (!title || title === last) return
      last = title
      if (first) return void (first = false)
      clearTimeout(timer)
      timer = window.setTimeout(() => focusUnlessTaken(title), PATIENCE_MS)
    })
    observer.observe(main, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      clearTimeout(timer)
    }
  }, [])
  return null
}

/** The title of a page, not of its skeleton. */
const TITLE = 'h1:not([aria-busy] h1)'

/** A page that gives the focus to something itself does so before. */
const PATIENCE_MS = 50

/** Whoever has the focus by then (a field to change, an error summary) was given it on purpose. */
function focusUnlessTaken(title: HTMLElement): void {
  const focused = document.activeElement
  if (focused !== null && focused !== document.body) return
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}
