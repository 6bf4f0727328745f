'use client'
/** A page that cannot be shown: what happened, and what to do next. */
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { useErrorTitle } from '@/components/ui/error-summary'
import { Link } from '@/components/ui/link'
import { OpenWithReason } from '@/components/openings/open-with-reason'
import { codeOf } from '@/components/registry'
import { buttonClass } from '@/components/ui/button'
import { words } from '@/components/words'

interface ProblemPageProps {
  title: string
  children: ReactNode
  actions?: ReactNode
}

export function ProblemPage({ title, children, actions }: ProblemPageProps) {
  useErrorTitle(true)
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1>{title}</h1>
      <div className="mt-3 text-ink-2">{children}</div>
      <div className="mt-6 flex flex-wrap gap-3">{actions}</div>
    </div>
  )
}

/** The page for a certificate that could not be read. */
export function CertificateProblem({
  error,
  certificateId,
  onRetry,
}: {
  error: unknown
  /** Of another facility's certificate: offers to open it with a reason. */
  certificateId?: string
  onRetry: () => void
}) {
  const code = codeOf(error)
  const find = (
    <Link href="/" className={buttonClass('second')}>
      {words.page.goFind}
    </Link>
  )
  if (code === 'NOT_FOUND' || code === 'CERTIFICATE_NOT_FOUND') {
    return (
      <ProblemPage title={words.record.notFoundTitle} actions={find}>
        <p>{words.record.notFound}</p>
      </ProblemPage>
    )
  }
  if (code === 'NOT_YOUR_FACILITY') {
    return (
      <ProblemPage title={words.record.otherFacilityTitle} actions={find}>
        {certificateId && <OpenWithReason typed={certificateId} scanned onOpened={onRetry} />}
      </ProblemPage>
    )
  }
  if (code === 'UNAUTHENTICATED') {
    return (
      <ProblemPage
        title={words.record.signedOutTitle}
        actions={
          <a href="/sign-in" className={buttonClass('main')}>
            {words.signIn.submit}
          </a>
        }
      >
        <p>{words.record.signedOut}</p>
      </ProblemPage>
    )
  }
  return (
    <ProblemPage
      title={words.record.unavailableTitle}
      actions={
        <>
          <Button kind="main" onClick={onRetry}>
            {words.retry}
          </Button>
          {find}
        </>
      }
    >
      <p>{words.record.unavailable}</p>
    </ProblemPage>
  )
}
