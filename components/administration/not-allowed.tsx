'use client'
/** For somebody who is signed in and no administrator. */
import { buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { ProblemPage } from '@/components/ui/problem-page'
import { words as shared } from '@/components/words'
import { words } from './words'

export function NotAllowed() {
  return (
    <ProblemPage
      title={words.notAllowed.title}
      actions={
        <Link href="/" className={buttonClass('second')}>
          {shared.page.goFind}
        </Link>
      }
    >
      <p>{words.notAllowed.body}</p>
    </ProblemPage>
  )
}
