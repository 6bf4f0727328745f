'use client'
/** Who is signed in and where; behind it keyboard shortcuts, and the way out. */
import { ChevronDown, UserRound } from 'lucide-react'
import { useState } from 'react'
import { usePlace } from '@/components/place'
import { useLater } from '@/components/ui/use-later'
import { words } from '@/components/words'
import { MenuButton } from './menu-button'

const BUTTON =
  'flex min-h-11 max-w-64 items-center gap-2 rounded-control px-2 text-start hover:bg-act-soft max-sm:size-11 max-sm:justify-center'

export function AccountMenu() {
  const { operator } = usePlace()
  const [opened, setOpened] = useState(false)
  const [focused, setFocused] = useState(false)
  const menu = useLater(items, opened)
  const shown = (
    <>
      <UserRound aria-hidden className="size-[1.125rem] text-ink-2 sm:hidden" />
      <span className="sr-only">{words.header.account}</span>
      <span className="min-w-0 leading-tight max-sm:sr-only">
        <span className="block truncate text-xs font-medium">{operator.facility}</span>
        <span className="block truncate text-xs text-ink-3">{operator.name}</span>
      </span>
      <ChevronDown aria-hidden className="size-4 shrink-0 text-ink-3 max-sm:hidden" />
    </>
  )
  if (!menu)
    return (
      <MenuButton className={BUTTON} onOpen={() => setOpened(true)} onFocusChange={setFocused}>
        {shown}
      </MenuButton>
    )
  return (
    <menu.AccountMenuItems className={BUTTON} defaultOpen={opened} autoFocus={focused && !opened}>
      {shown}
    </menu.AccountMenuItems>
  )
}

function items() {
  return import('./account-menu-items')
}
