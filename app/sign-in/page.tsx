/** The address of the sign-in page. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '@/components/sign-in/sign-in-page'
import { words } from '@/components/words'
import { currentOperator } from '@/lib/auth/session'
import { config } from '@/lib/config'

export const metadata: Metadata = { title: words.signIn.title }

export default async function Page() {
  if (await currentOperator()) redirect('/')
  return <SignInPage issuer={config().issuer.name} />
}
