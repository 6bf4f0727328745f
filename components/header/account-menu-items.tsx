'use client'
/** The menu behind who is signed in: keyboard shortcuts, the own account, and the way out. */
import { Check, Keyboard, KeyRound, LogOut, SunMoon, UserRound } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { words as accountWords } from '@/components/account/words'
import { useFlow } from '@/components/flow'
import { useSignOut } from '@/components/idle/idle-guard'
import { useKeys } from '@/components/keys/keys-provider'
import { keyWords } from '@/components/keys/words'
import { usePlace } from '@/components/place'
import { words } from '@/components/words'
import { Menu, type MenuPlace } from './menu'
import { navWords } from './nav-words'
import { toggleTheme } from './preferences'

const ITEM =
  'flex min-h-10 w-full items-center gap-2.5 rounded-control px-2.5 text-sm outline-none data-highlighted:bg-act-soft data-highlighted:text-act'

export function AccountMenuItems(place: MenuPlace) {
  const keys = useKeys()
  const signOut = useSignOut()
  const { operator } = usePlace()
  const flow = useFlow()
  const router = useRouter()
  const [leaving, setLeaving] = useState(false)
  return (
    <Menu place={place} width="w-64" onCloseAutoFocus={(event) => leaving && event.preventDefault()}>
      <DropdownMenu.Label className="px-2.5 pt-1.5 pb-2 text-xs text-ink-3">
        <span className="block font-medium text-ink">{operator.facility}</span>
        {words.header.signedInAs(operator.name)}
      </DropdownMenu.Label>
      <DropdownMenu.Separator className="my-1 h-px bg-line" />
      <DropdownMenu.CheckboxItem
        className={ITEM}
        checked={keys.on}
        onSelect={(event) => event.preventDefault()}
        onCheckedChange={keys.setOn}
      >
        <span className="grid size-4 place-items-center rounded-[4px] border border-edge">
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden className="size-3" strokeWidth={3} />
          </DropdownMenu.ItemIndicator>
        </span>
        {keyWords.switch}
      </DropdownMenu.CheckboxItem>
      <DropdownMenu.Item className={ITEM} onSelect={() => setTimeout(keys.show)}>
        <Keyboard aria-hidden className="size-4" />
        {keyWords.show}
      </DropdownMenu.Item>
      <DropdownMenu.Item
        className={`${ITEM} sm:hidden`}
        onSelect={(event) => {
          event.preventDefault()
          toggleTheme()
        }}
      >
        <SunMoon aria-hidden className="size-4" />
        {navWords.colours}
      </DropdownMenu.Item>
      <DropdownMenu.Item className={ITEM} onSelect={() => flow.leave(() => router.push('/account'))}>
        <UserRound aria-hidden className="size-4" />
        {accountWords.menu}
      </DropdownMenu.Item>
      <DropdownMenu.Item className={ITEM} onSelect={() => flow.leave(() => router.push('/password'))}>
        <KeyRound aria-hidden className="size-4" />
        {navWords.password}
      </DropdownMenu.Item>
      <DropdownMenu.Item
        className={ITEM}
        onSelect={() =>
          flow.leave(() => {
            setLeaving(true)
            void signOut()
          })
        }
      >
        <LogOut aria-hidden className="size-4" />
        {words.header.signOut}
      </DropdownMenu.Item>
    </Menu>
  )
}
