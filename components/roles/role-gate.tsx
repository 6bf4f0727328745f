'use client'
/** Shows a page to whom it is for, and says kindly to others what it is and whom to ask. What may really be done the server says. */
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, type ReactNode } from 'react'
import { usePlace } from '@/components/place'
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { ProblemPage } from '@/components/ui/problem-page'
import { opens, rolesOfPage, startOf } from './pages'
import { words } from './words'

export function RoleGate({ children }: { children: ReactNode }) {
  const pathname = usePathname()
  const router = useRouter()
  const { roles } = usePlace().operator
  const start = startOf(roles)
  const isIn = opens(roles, pathname)
  // After signing in everybody comes to "/": whoever has nothing to find begins elsewhere.
  const movesOn = !isIn && pathname === '/'
  useEffect(() => {
    if (movesOn) router.replace(start)
  }, [movesOn, router, start])
  if (isIn) return children
  if (movesOn) return null
  return (
    <ProblemPage
      title={words.title(rolesOfPage(pathname) ?? [])}
      actions={
        <Link href={start} className={buttonClass('second')}>
          {words.back[start] ?? words.back['/']}
        </Link>
      }
    >
      <p>{words.body}</p>
    </ProblemPage>
  )
}
