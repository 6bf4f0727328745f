/** Which pages are for whom: what the navigation offers, and what a page says to whoever may not open it. Pure. */
import type { Role } from '@/lib/people/answers'

/** The first line that an address begins with counts. An address without a line is for everybody who is signed in. */
const PAGES: readonly [start: string, roles: readonly Role[]][] = [
  ['/administration/audit', ['auditor']],
  // A supervisor has one record issued anew.
  ['/administration/reissues', ['supervisor', 'administrator']],
  ['/administration', ['administrator']],
  ['/today', ['operator', 'supervisor']],
  ['/approvals', ['operator', 'supervisor']],
  ['/recalls', ['operator', 'supervisor']],
  ['/bulk', ['operator', 'supervisor']],
  ['/queue', ['operator', 'supervisor']],
  ['/transactions', ['operator', 'supervisor']],
  // An auditor opens a record with a reason.
  ['/certificates', ['operator', 'supervisor', 'auditor']],
]
const FIND: readonly Role[] = ['operator', 'supervisor', 'auditor']
/** What can be done with a certificate, below its own address. */
const ACTS: [page: RegExp, roles: readonly Role[]][] = [
  [/^\/certificates\/[^/]+\/(cancel|suspend|lift)$/, ['supervisor']],
  [/^\/certificates\/[^/]+\/(correct|move|same)(\/|$)/, ['operator', 'supervisor']],
]

/** The roles that open a page; null = everybody who is signed in. */
export function rolesOfPage(path: string): readonly Role[] | null {
  if (path === '/') return FIND
  const act = ACTS.find(([page]) => page.test(path))
  if (act) return act[1]
  return PAGES.find(([start]) => path === start || path.startsWith(`${start}/`))?.[1] ?? null
}

/** Whether somebody with these roles can open a page. */
export function opens(roles: readonly Role[], path: string): boolean {
  const wanted = rolesOfPage(path)
  return wanted === null || wanted.some((role) => roles.includes(role))
}

/** Where somebody with these roles begins: the first page that is theirs. */
export function startOf(roles: readonly Role[]): string {
  return ['/', '/administration/operators'].find((path) => opens(roles, path)) ?? '/account'
}
