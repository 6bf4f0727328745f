'use client'
/** What a person prefers on this computer: colours, keyboard shortcuts and paper. Kept in cookies, so that the first picture is right already. */
import { keepPreference } from '@/components/cookies'
import { PAPER_COOKIE, SHORTCUT_COOKIE, THEME_COOKIE } from './preference-cookies'

export type Theme = 'light' | 'dark' | null

/** Shows the page in these colours from now on; null follows the device. */
export function chooseTheme(theme: Theme): void {
  const root = document.documentElement
  if (theme === null) delete root.dataset.theme
  else root.dataset.theme = theme
  keepPreference(THEME_COOKIE, theme)
}

/** Does the page show dark colours right now? */
export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

/** From light to dark or back. */
export function toggleTheme(): void {
  chooseTheme(isDark() ? 'light' : 'dark')
}

/** Switches keyboard shortcuts on or off. */
export function chooseShortcuts(on: boolean): void {
  keepPreference(SHORTCUT_COOKIE, on ? null : 'off')
}

/** The paper in the printer of this computer. */
export function choosePaper(paper: 'a4' | 'us-letter'): void {
  keepPreference(PAPER_COOKIE, paper)
}
