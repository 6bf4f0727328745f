/** The address of the sign-in page. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '@/components/sign-in/sign-in-page'
import { words } from '@/components/words'
import { currentOperator } from '@/lib/auth/session'
import { config } from '@/lib/config'

export const metadata: Metadata = { title: words.signIn.title }

type Search = { searchParams: Promise<{ next?: string | string[] }> }

export default async function Page({ searchParams }: Search) {
  if (await currentOperator()) redirect(ownPath((await searchParams).next))
  return <SignInPage issuer={config().issuer.name} />
}

/** The page that somebody came from, if it is one of ours: a path, never another host. */
function ownPath(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
