/** The address of the sign-in page. */
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInPage } from '@/components/sign-in/sign-in-page'
import { signInWords } from '@/components/sign-in/words'
import { words } from '@/components/words'
import { currentOperator } from '@/lib/auth/session'
import { config } from '@/lib/config'

export const metadata: Metadata = { title: words.signIn.title }

type Search = { searchParams: Promise<Record<'next' | 'refused' | 'error', string | string[] | undefined>> }

export default async function Page({ searchParams }: Search) {
  const { next, refused, error } = await searchParams
  if (await currentOperator()) redirect(ownPath(next))
  const { issuer, oidc } = config()
  const problem = serviceProblem(refused, error)
  return <SignInPage issuer={issuer.name} service={oidc?.name ?? null} problem={problem} />
}

/** The sentence of what the address says went wrong at the sign-in service: one of ours, never its own words. */
function serviceProblem(refused: string | string[] | undefined, error: string | string[] | undefined): string {
  if (typeof refused === 'string' && Object.hasOwn(signInWords.refused, refused)) return signInWords.refused[refused]!
  return refused || error ? signInWords.serviceFailed : ''
}

/** The page that somebody came from, if it is one of ours: a path, never another host. */
function ownPath(next: string | string[] | undefined): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
