'use client'
/** After going to another page of ours the title has the focus, so that keyboard and screen reader begin at its top. */
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

export function ArrivalFocus() {
  const pathname = usePathname()
  const before = useRef(pathname)
  useEffect(() => {
    if (before.current === pathname) return
    before.current = pathname
    return whenTitled(() => {
      // Whoever has the focus by now (a field to change, an error summary) was given it on purpose.
      if (document.activeElement !== document.body && document.activeElement !== null) return
      const title = document.querySelector<HTMLElement>(TITLE)!
      title.tabIndex = -1
      title.focus({ preventScroll: true })
    })
  }, [pathname])
  return null
}

/** The title of a page, not of its skeleton. */
const TITLE = 'main h1:not([aria-busy] h1)'

/** Calls back when the page has its title, now or as soon as its data is there. Answers what stops the waiting. */
function whenTitled(then: () => void): () => void {
  const main = document.querySelector('main')
  if (!main) return () => {}
  let timer = 0
  const look = () => {
    if (!main.querySelector(TITLE)) return
    observer.disconnect()
    // A page that focuses something itself does so before this.
    timer = window.setTimeout(then, 50)
  }
  const observer = new MutationObserver(look)
  observer.observe(main, { childList: true, subtree: true })
  look()
  return () => {
    observer.disconnect()
    clearTimeout(timer)
  }
}
