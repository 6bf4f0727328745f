/** The address of the page on which a second factor is set up that the account has to have. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { DuePage } from '@/components/account/due-page'
import { words } from '@/components/account/words'
import { currentOperator } from '@/lib/auth/session'

export const metadata: Metadata = { title: words.setUp.title }

export default async function Page() {
  const operator = await currentOperator()
  if (!operator) redirect('/sign-in')
  if (operator.mustChangePassword) redirect('/password')
  // Also when it was set up just now: this page shows the recovery codes, and a fresh load has nothing to show.
  if (!operator.secondFactorDue) redirect('/account')
  return <DuePage username={operator.username} name={operator.name} />
}
