/** How soon the preview follows: from the last key to the new QR code and the new page on the screen. */
import type { Page } from '@playwright/test'

/** Keys of one edit and the pause between them: somebody who types fast. */
const KEYS = 'abc'
const BETWEEN_KEYS_MS = 70
const PATIENCE_MS = 10_000

export interface Followed {
  qr: number[]
  page: number[]
}

interface Marks {
  keyAt: number
  qrAt: number | null
  pageAt: number | null
}

/**
 * Edits the name again and again on an open correction whose preview is shown; milliseconds from the last key to the frame
 * in which the QR code, and in which the page, of exactly what was typed stood there. Sorted.
 */
export async function followed(page: Page, edits: number): Promise<Followed> {
  const name = page.getByLabel('Full name')
  await name.focus()
  await page.keyboard.press('End')
  await page.evaluate(markFrames)
  const times: Followed = { qr: [], page: [] }
  for (let edit = 0; edit < edits; edit++) {
    const letter = KEYS[edit % KEYS.length]!
    await page.evaluate(() => (window as unknown as { begin(): void }).begin())
    for (const key of [letter, letter.toUpperCase(), String(edit % 10)]) {
      await page.keyboard.press(key)
      await page.waitForTimeout(BETWEEN_KEYS_MS)
    }
    const marks = await settled(page)
    times.qr.push(marks.qrAt! - marks.keyAt)
    times.page.push(marks.pageAt! - marks.keyAt)
    // Back to what it was, so that the name does not grow.
    for (let n = 0; n < 3; n++) await page.keyboard.press('Backspace')
    await page.waitForTimeout(400)
  }
  return { qr: times.qr.sort((a, b) => a - b), page: times.page.sort((a, b) => a - b) }
}

/** Both pictures stand, and have not changed for a while: what came last was of what was typed last. */
async function settled(page: Page): Promise<Marks> {
  await page.waitForFunction(
    () => {
      const { marks, lastChange } = window as unknown as { marks: Marks; lastChange: number }
      return marks.qrAt !== null && marks.pageAt !== null && performance.now() - lastChange > 700
    },
    null,
    { timeout: PATIENCE_MS, polling: 50 },
  )
  return page.evaluate(() => (window as unknown as { marks: Marks }).marks)
}

/** Runs in the page: notes when a key was pressed, and the frame after each change of either picture. */
function markFrames(): void {
  const marks: Marks = { keyAt: 0, qrAt: null, pageAt: null }
  const shared = Object.assign(window, { marks, lastChange: 0, begin: () => {} })
  shared.begin = () => Object.assign(marks, { keyAt: 0, qrAt: null, pageAt: null })
  document.addEventListener(
    'keydown',
    ({ timeStamp }) => Object.assign(marks, { keyAt: timeStamp, qrAt: null, pageAt: null }),
    true,
  )
  const afterFrame = (what: 'qrAt' | 'pageAt') => {
    const { keyAt } = marks
    // The message comes after the frame in which the change was drawn.
    requestAnimationFrame(() => {
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        shared.lastChange = performance.now()
        if (marks.keyAt === keyAt) marks[what] = shared.lastChange
      }
      channel.port2.postMessage(null)
    })
  }
  const drawn = new Map<Element, string>()
  const preview = '[role="tabpanel"][data-state="active"]'
  new MutationObserver(() => {
    const qr = document.querySelector(`${preview} svg[role="img"] path:last-of-type`)
    const text = qr?.getAttribute('d') ?? ''
    if (!qr || drawn.get(qr) === text) return
    drawn.set(qr, text)
    afterFrame('qrAt')
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['d'] })
  document.addEventListener(
    'load',
    ({ target }) => target instanceof HTMLImageElement && target.closest(preview) && afterFrame('pageAt'),
    true,
  )
}
