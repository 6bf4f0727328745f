/** The address of the page on which somebody sets the own password. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PasswordPage } from '@/components/password/password-page'
import { words } from '@/components/password/words'
import { currentOperator } from '@/lib/auth/session'

export const metadata: Metadata = { title: words.title }

export default async function Page() {
  const operator = await currentOperator()
  if (!operator) redirect('/sign-in?next=/password')
  // Who comes through the sign-in service has no password here.
  if (operator.external) redirect('/account')
  const { username, name, mustChangePassword } = operator
  return <PasswordPage username={username} name={name} first={mustChangePassword} />
}
