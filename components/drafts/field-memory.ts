/** Which field somebody was in, so that signing in again leads back to it. An id of a control, nothing that was typed; for this tab. */

const KEY = 'errata-field'

/** Remembers the control that has the focus on this page. */
export function rememberField(controlId: string): void {
  sessionStorage.setItem(KEY, JSON.stringify([location.pathname, controlId]))
}

/** The control that had the focus when this page was open last, once; null when there was none. */
export function takeField(): string | null {
  const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null')
  sessionStorage.removeItem(KEY)
  return Array.isArray(kept) && kept[0] === location.pathname && typeof kept[1] === 'string' ? kept[1] : null
}
