'use client'
/** The ways to the other pages: links where there is room, a menu where there is not. */
import { Menu } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { DropdownMenu } from 'radix-ui'
import { useApprovalsWaiting } from '@/components/approvals/use-approvals'
import { useFlow } from '@/components/flow'
import { usePlace } from '@/components/place'
import { useBulkWaiting } from '@/components/bulk/use-bulk'
import { opens } from '@/components/roles/pages'
import { useRecallsWaiting } from '@/components/recalls/use-recalls'
import { Link } from '@/components/ui/link'
import { navWords } from './nav-words'
import { useWaiting } from './use-waiting'

interface Way {
  href: string
  label: string
  count: number
  /** What the count is about. */
  note: string
}

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

function NavMenu({ ways, isHere }: { ways: Way[]; isHere: (href: string) => boolean }) {
  const flow = useFlow()
  const router = useRouter()
  const waiting = ways.find(({ count }) => count > 0)
  const { roles } = usePlace().operator
  const find = { href: '/', label: navWords.find, count: 0, note: '' }
  const all = opens(roles, '/') ? [find, ...ways] : ways
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="relative grid size-11 place-items-center rounded-control text-ink-2 hover:bg-act-soft hover:text-act desk:hidden">
        <Menu aria-hidden className="size-5" />
        <span className="sr-only">
          {navWords.menu}
          {waiting && `, ${waiting.note}`}
        </span>
        {waiting && (
          <span aria-hidden className="absolute end-2 top-2 size-2.5 rounded-full border-2 border-sheet bg-act" />
        )}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="end" sideOffset={6} className="sheet z-50 w-60 p-1.5 shadow-lift">
          {all.map((way) => (
            <DropdownMenu.Item
              key={way.href}
              aria-current={isHere(way.href) ? 'page' : undefined}
              onSelect={() => flow.leave(() => router.push(way.href))}
              className="flex min-h-11 w-full cursor-pointer items-center gap-2.5 rounded-control px-3 outline-none aria-[current]:font-semibold data-highlighted:bg-act-soft data-highlighted:text-act"
            >
              {way.label}
              <Count way={way} />
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function Count({ way }: { way: Way }) {
  if (way.count === 0) return null
  return (
    <>
      <span
        aria-hidden
        className="numbers grid h-5 min-w-5 place-items-center rounded-full bg-mute-soft px-1.5 text-xs font-semibold text-ink-2"
      >
        {way.count > 99 ? '99+' : way.count}
      </span>
      <span className="sr-only">, {way.note}</span>
    </>
  )
}
