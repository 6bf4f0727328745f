'use client'
/** Switches between light and dark; until then the device decides. */
import { Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { words } from '@/components/words'
import { isDark, toggleTheme } from './preferences'

export function ThemeButton({ className = '' }: { className?: string }) {
  const dark = useSyncExternalStore(onDeviceChange, isDark, () => false)
  const Icon = dark ? Sun : Moon
  const label = dark ? words.header.switchToLight : words.header.switchToDark
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`grid size-11 place-items-center rounded-control text-ink-2 hover:bg-act-soft hover:text-act ${className}`}
      onClick={toggleTheme}
    >
      <Icon aria-hidden className="size-[1.125rem]" />
    </button>
  )
}

function onDeviceChange(changed: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  media.addEventListener('change', changed)
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    media.removeEventListener('change', changed)
    observer.disconnect()
  }
}
