'use client'
/** The keys of the operators' pages: one switch for all of them, one place that listens. */
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { chooseShortcuts } from '@/components/header/preferences'
import { usePlace } from '@/components/place'
import { useLater } from '@/components/ui/use-later'

type Shortcut = 'find' | 'continue' | 'undo' | 'list'

interface Keys {
  on: boolean
  setOn: (on: boolean) => void
  /** Shows the list. */
  show: () => void
}

const KeysContext = createContext<Keys | null>(null)

export function KeysProvider({ children }: { children: ReactNode }) {
  const [on, setOn] = useState(usePlace().shortcuts)
  const [shown, setShown] = useState(false)
  const dialog = useLater(list, shown)
  const keys = useMemo<Keys>(
    () => ({
      on,
      setOn(wanted) {
        chooseShortcuts(wanted)
        setOn(wanted)
      },
      show: () => setShown(true),
    }),
    [on],
  )
  return (
    <KeysContext value={keys}>
      {children}
      <OwnKeys />
      {dialog && <dialog.KeysDialog open={shown} onClose={() => setShown(false)} />}
    </KeysContext>
  )
}

function list() {
  return import('./keys-dialog')
}

/** The switch, and the list. */
export function useKeys(): Keys {
  const keys = use(KeysContext)
  if (!keys) throw new Error('useKeys outside KeysProvider')
  return keys
}

/** Runs at a shortcut while it is mounted, unless shortcuts are switched off or a dialog is open. */
export function useShortcut(shortcut: Shortcut, run: () => void): void {
  const { on } = useKeys()
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || shortcutOf(event) !== shortcut || isDialogOpen()) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [on, shortcut])
}

/** What every page has: the find field, its main button, the list. */
function OwnKeys() {
  const keys = useKeys()
  useShortcut('find', () => {
    const field = document.querySelector<HTMLInputElement>('[data-find]')
    field?.focus()
    field?.select()
  })
  useShortcut('continue', () => {
    document.querySelector<HTMLElement>('[data-continue]:not(:disabled)')?.click()
  })
  useShortcut('list', keys.show)
  return null
}

/** The shortcut that a key stands for. Single characters are none where text is typed (WCAG 2.1.4). */
function shortcutOf(event: KeyboardEvent): Shortcut | null {
  const { key, code, ctrlKey, metaKey, altKey } = event
  if (key === 'Enter' && (ctrlKey || metaKey) && !altKey) return 'continue'
  // With Alt some keyboards write another character.
  if (altKey && !ctrlKey && !metaKey && (key.toLowerCase() === 'z' || code === 'KeyZ')) return 'undo'
  if (ctrlKey || metaKey || altKey || takesText(document.activeElement)) return null
  return key === '/' ? 'find' : key === '?' ? 'list' : null
}

function takesText(element: Element | null): boolean {
  return (
    element?.matches(
      'input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable], [role="menuitem"], [role="menuitemcheckbox"]',
    ) ?? false
  )
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
