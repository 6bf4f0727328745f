'use client'
/** The ways to the other pages: links where there is room, a menu where there is not. */
import { Menu } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { useApprovalsWaiting } from '@/components/approvals/use-approvals'
import { usePlace } from '@/components/place'
import { useBulkWaiting } from '@/components/bulk/use-bulk'
import { opens } from '@/components/roles/pages'
import { useRecallsWaiting } from '@/components/recalls/use-recalls'
import { Link } from '@/components/ui/link'
import { useLater } from '@/components/ui/use-later'
import { MenuButton } from './menu-button'
import { navWords } from './nav-words'
import { useWaiting } from './use-waiting'
import { Count, type Way } from './way'

export function SiteNav() {
  const pathname = usePathname()
  const { roles } = usePlace().operator
  const { reports, failures, oversight } = useWaiting()
  const recalls = useRecallsWaiting()
  const bulk = useBulkWaiting()
  const requests = useApprovalsWaiting(opens(roles, '/approvals'))
  const ways: Way[] = [
    {
      href: '/today',
      label: navWords.today,
      count: reports + failures + oversight,
      note: navWords.waiting(reports, failures, oversight),
    },
    { href: '/recalls', label: navWords.recalls, count: recalls, note: navWords.recallsWaiting(recalls) },
    { href: '/bulk', label: navWords.bulk, count: bulk, note: navWords.bulkWaiting(bulk) },
    { href: '/approvals', label: navWords.requests, count: requests, note: navWords.requestsWaiting(requests) },
    { href: '/administration', label: navWords.administration, count: 0, note: '' },
    // Administrators who are auditors, too, find it among the parts of the administration.
    ...(opens(roles, '/administration')
      ? []
      : [{ href: '/administration/audit', label: navWords.log, count: 0, note: '' }]),
  ].filter(({ href }) => opens(roles, href))
  const isHere = (href: string) => pathname === href || pathname.startsWith(`${href}/`)
  return (
    <>
      <nav aria-label={navWords.label} className="max-desk:hidden">
        <ul className="flex gap-1">
          {ways.map((way) => (
            <li key={way.href}>
              <Link
                href={way.href}
                aria-current={isHere(way.href) ? 'page' : undefined}
                className={`flex min-h-11 items-center gap-2 rounded-control px-3 text-sm font-semibold hover:bg-act-soft hover:text-act ${
                  isHere(way.href) ? 'text-act' : 'text-ink-2'
                }`}
              >
                <span className={isHere(way.href) ? 'underline decoration-2 underline-offset-8' : ''}>{way.label}</span>
                <Count way={way} />
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <NavMenu ways={ways} isHere={isHere} />
    </>
  )
}

const MENU_BUTTON =
  'relative grid size-11 place-items-center rounded-control text-ink-2 hover:bg-act-soft hover:text-act desk:hidden'

function NavMenu({ ways, isHere }: { ways: Way[]; isHere: (href: string) => boolean }) {
  const waiting = ways.find(({ count }) => count > 0)
  const { roles } = usePlace().operator
  const [opened, setOpened] = useState(false)
  const [focused, setFocused] = useState(false)
  const menu = useLater(items, opened)
  const find = { href: '/', label: navWords.find, count: 0, note: '' }
  const shown = (
    <>
      <Menu aria-hidden className="size-5" />
      <span className="sr-only">
        {navWords.menu}
        {waiting && `, ${waiting.note}`}
      </span>
      {waiting && (
        <span aria-hidden className="absolute end-2 top-2 size-2.5 rounded-full border-2 border-sheet bg-act" />
      )}
    </>
  )
  if (!menu)
    return (
      <MenuButton className={MENU_BUTTON} onOpen={() => setOpened(true)} onFocusChange={setFocused}>
        {shown}
      </MenuButton>
    )
  return (
    <menu.NavMenuItems
      ways={opens(roles, '/') ? [find, ...ways] : ways}
      isHere={isHere}
      className={MENU_BUTTON}
      defaultOpen={opened}
      autoFocus={focused && !opened}
    >
      {shown}
    </menu.NavMenuItems>
  )
}

function items() {
  return import('./nav-menu-items')
}
