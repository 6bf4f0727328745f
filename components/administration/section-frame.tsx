'use client'
/** The frame of the administration's pages: which part one is in, and the title. */
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { Link } from '@/components/ui/link'
import { usePlace } from '@/components/place'
import { opens } from '@/components/roles/pages'
import { StoppedWebhooks } from '@/components/webhooks/stopped-webhooks'
import { words as auditWords } from '@/components/audit/words'
import { words as checksWords } from '@/components/checks/words'
import { words as queueWords } from '@/components/queue/words'
import { words as reissueWords } from './reissues/words'
import { trustWords } from './trust-words'
import { words as typeWords } from './types/words'
import { words } from './words'

const PARTS = [
  { href: '/administration/operators', label: words.operators.title },
  { href: '/administration/facilities', label: words.facilities.title },
  { href: '/administration/clients', label: words.clients.title },
  { href: '/administration/types', label: typeWords.title },
  { href: '/administration/reissues', label: reissueWords.title },
  { href: '/administration/trust', label: trustWords.title },
  { href: '/administration/audit', label: auditWords.title },
  { href: '/administration/checks', label: checksWords.title },
  { href: '/administration/queue', label: queueWords.title },
]

/** Two halves side by side. */
const WIDE = /^\/administration\/types\/[^/]+\/\d+$/

export function SectionFrame({ children }: { children: ReactNode }) {
  const pathname = usePathname()
  const { roles } = usePlace().operator
  const parts = PARTS.filter(({ href }) => opens(roles, href))
  return (
    <div className={`mx-auto ${WIDE.test(pathname) ? '' : 'max-w-4xl'}`}>
      <nav aria-label={words.sections} className="mb-6 border-b border-line">
        <ul className="-mb-px flex flex-wrap gap-x-6">
          {parts.map(({ href, label }) => {
            const here = pathname.startsWith(href)
            return (
              <li key={href}>
                <Link
                  href={href}
                  aria-current={here ? (pathname === href ? 'page' : 'true') : undefined}
                  className={`flex min-h-11 items-center border-b-2 text-[0.9375rem] font-semibold ${
                    here
                      ? 'border-act text-act'
                      : 'border-transparent text-ink-2 hover:border-line-strong hover:text-ink'
                  }`}
                >
                  {label}
                </Link>
              </li>
            )
          })}
        </ul>
      </nav>
      {parts.some(({ href }) => href === pathname) && <StoppedWebhooks />}
      {children}
    </div>
  )
}
