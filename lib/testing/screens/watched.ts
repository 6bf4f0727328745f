/** What happens in a page while it comes: measured from inside, from its first moment on. */
import type { Page } from '@playwright/test'

/** After so long without a long task a page counts as come to rest. */
const QUIET_MS = 500
const PATIENCE_MS = 30_000
/** By a timer: who asks for frames has the browser draw each of them, and the page comes a tenth later (measured). */
const BETWEEN_LOOKS_MS = 20

export interface Arrival {
  /** Milliseconds from the start of the navigation. */
  paintedAt: number
  /** Painted, the main control there, enabled and hydrated, nothing loading shown, and no long task under way or soon after. */
  interactiveAt: number
  /** What long tasks took beyond 50 ms each, from the first paint on (milliseconds). */
  blocked: number
  /** Sum of all layout shifts without input just before them. */
  shift: number
  /** Bytes of JavaScript as they came over the line, compressed, that were asked for before the page could be used. */
  script: number
}

/** A control of a page, as CSS says it and, where that fits several, what it begins with. */
export interface Control {
  css: string
  text?: string
}

interface Watch {
  longTasks: { start: number; end: number }[]
  shift: number
  readyAt: number | null
}

/** Watches every document that this page opens from now on for the moment at which `control` works. */
export async function watch(page: Page, control: Control): Promise<void> {
  await page.addInitScript(
    ({ css, text, BETWEEN_LOOKS_MS }) => {
      const seen: Watch = { longTasks: [], shift: 0, readyAt: null }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
          seen.longTasks.push({ start: startTime, end: startTime + duration })
        }
      }).observe({ type: 'longtask', buffered: true })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
          if (!entry.hadRecentInput) seen.shift += entry.value
        }
      }).observe({ type: 'layout-shift', buffered: true })
      // React leaves a mark on what it has taken over; before that a control is a picture of itself.
      const works = (one: Element) =>
        Object.keys(one).some((key) => key.startsWith('__reactProps$')) &&
        !(one as HTMLButtonElement).disabled &&
        (one as HTMLElement).checkVisibility({ visibilityProperty: true })
      const loads = () => document.querySelector('main [class*="breathe"], [aria-busy="true"]') !== null
      const look = () => {
        const found = text
          ? [...document.querySelectorAll(css)].find((one) => (one.textContent ?? '').trim().startsWith(text))
          : document.querySelector(css)
        if (found && works(found) && !loads()) seen.readyAt = performance.now()
        else setTimeout(look, BETWEEN_LOOKS_MS)
      }
      look()
    },
    { ...control, BETWEEN_LOOKS_MS },
  )
}

/** How the page arrived, once it is at rest. Throws when the control does not come. */
export async function arrivalOf(page: Page): Promise<Arrival> {
  await page.waitForFunction(
    (quiet) => {
      const { readyAt, longTasks } = (window as unknown as { seen: Watch }).seen
      const last = longTasks.at(-1)?.end ?? 0
      return readyAt !== null && performance.now() > Math.max(readyAt, last) + quiet
    },
    QUIET_MS,
    { timeout: PATIENCE_MS, polling: 100 },
  )
  return page.evaluate((quiet) => {
    const { readyAt, longTasks, shift } = (window as unknown as { seen: Watch }).seen
    const paintedAt = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN
    let interactiveAt = Math.max(readyAt!, paintedAt)
    for (const { start, end } of longTasks)
      if (start < interactiveAt + quiet && end > interactiveAt) interactiveAt = end
    const blocked = longTasks
      .filter(({ end }) => end > paintedAt)
      .reduce((sum, { start, end }) => sum + Math.max(0, end - Math.max(start, paintedAt) - 50), 0)
    const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(
      ({ name, startTime }) => /\.m?js$/.test(new URL(name).pathname) && startTime < readyAt!,
    )
    const script = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    return { paintedAt, interactiveAt, blocked, shift, script }
  }, QUIET_MS)
}

/** All layout shifts of this document until now. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(() => (window as unknown as { seen: Watch }).seen.shift)
}
