'use client'
/** The page for a certificate that could not be read. */
import { OpenWithReason } from '@/components/openings/open-with-reason'
import { codeOf } from '@/components/registry'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { ProblemPage } from '@/components/ui/problem-page'
import { words } from '@/components/words'

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
