'use client'
/** Somebody corrected the certificate meanwhile: theirs and yours side by side. Nothing is sent again by itself. */
import { useRouter } from 'next/navigation'
import { useQuery } from '@tanstack/react-query'
import { valuesOf } from '@/components/certificate-form/values'
import { shownValue, timeOf } from '@/components/display'
import { useFlow, type Draft } from '@/components/flow'
import { LeaveGuard } from '@/components/leave-guard'
import { Marked } from '@/components/marked'
import { usePlace } from '@/components/place'
import { newAttempt, readCertificate } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { useErrorTitle } from '@/components/ui/error-summary'
import { Notice } from '@/components/ui/notice'
import { PageHeading } from '@/components/ui/page-heading'
import { Skeleton } from '@/components/ui/skeleton'
import { Value } from '@/components/ui/value'
import { words } from '@/components/words'
import type { CertificateView, Change, Version } from '@/lib/api/contract'
import { fieldsOf, VACCINATION } from '@/lib/certificate-types/type'
import { changesBetween, markChanges } from '@/lib/certificates/diff'

export function Conflict({ draft, changes }: { draft: Draft; changes: Change[] }) {
  const { timeZone } = usePlace()
  const flow = useFlow()
  const router = useRouter()
  const { base } = draft
  const now = useNewest(base.certificateId)
  const newest = now.data
  useErrorTitle(true)

  const again = () => {
    if (!newest) return
    const yours = Object.fromEntries(changes.map((change) => [change.path, change.after ?? '']))
    flow.drop(base.certificateId)
    flow.keep(newest.certificateId, {
      base: newest,
      values: { ...valuesOf(newest.record, VACCINATION, timeZone), reason: draft.values.reason },
      attempt: newAttempt(),
      yours,
      ready: false,
    })
    flow.leaveBehind({ notice: 'startedAgain' })
    router.push(`/certificates/${newest.certificateId}/correct`)
  }
  const last = newest?.lineage.history[0]
  const none = newest?.lineage.updatesRemaining === 0
  return (
    <div className="mx-auto max-w-4xl">
      <LeaveGuard active onDiscard={() => flow.drop(base.certificateId)} />
      <PageHeading title={words.conflict.title} lead={<p>{words.conflict.lead}</p>} />
      <div role="status">
        <Notice kind={none ? 'stop' : 'warn'} className="mt-5" title={whatHappened(last, none, timeZone)}>
          {none && <p>{words.refused.limitNext}</p>}
        </Notice>
      </div>
      {newest ? (
        <Comparison started={base} newest={newest} yours={changes} />
      ) : (
        <div className="sheet mt-5 space-y-3 p-6">
          <Skeleton className="h-5 w-2/3" />
          <Skeleton className="h-5 w-1/2" />
        </div>
      )}
      <div className="mt-5 flex flex-wrap gap-3">
        {!none && (
          <Button kind="main" disabled={!newest} onClick={again}>
            {words.conflict.again}
          </Button>
        )}
        <Button onClick={() => flow.leave(() => router.push('/'))}>{words.conflict.discard}</Button>
      </div>
    </div>
  )
}

function whatHappened(last: Version | undefined, none: boolean, timeZone: string): string {
  if (!last) return words.conflict.pending
  const say = none ? words.refused.limitBy : words.conflict.who
  return say(last.by.name, timeOf(last.issuedAt, timeZone))
}

/** The certificate that is current now; asked until the other correction is issued. */
function useNewest(startedFrom: string) {
  return useQuery({
    queryKey: ['newest', startedFrom],
    queryFn: async (): Promise<CertificateView | null> => {
      const { lineage } = await readCertificate(startedFrom)
      const current = lineage.current?.certificateId
      return current && current !== startedFrom && lineage.updatesPending === 0 ? readCertificate(current) : null
    },
    refetchInterval: (query) => (query.state.data ? false : 1000),
    staleTime: 0,
  })
}

function Comparison({
  started,
  newest,
  yours,
}: {
  started: CertificateView
  newest: CertificateView
  yours: Change[]
}) {
  const { timeZone } = usePlace()
  const theirs = new Map(
    changesBetween(started.record, newest.record, VACCINATION).map((change) => [change.path, change]),
  )
  const mine = new Map(yours.map((change) => [change.path, change]))
  const fields = fieldsOf(VACCINATION).filter((field) => theirs.has(field.path) || mine.has(field.path))
  return (
    <div className="sheet mt-5 overflow-hidden">
      <table className="w-full text-[0.9375rem] max-sm:block">
        <caption className="sr-only">{words.conflict.title}</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line text-xs text-ink-3">
            {[words.conflict.field, words.conflict.started, words.conflict.theirs, words.conflict.yours].map((head) => (
              <th key={head} scope="col" className="px-5 py-2 text-start font-semibold">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {fields.map((field) => {
            const [their, my] = [theirs.get(field.path), mine.get(field.path)]
            const before = shownValue(field, (their ?? my)?.before ?? '', timeZone)
            return (
              <tr key={field.path} className="border-b border-line align-top last:border-0 max-sm:block max-sm:py-3">
                <th scope="row" className="px-5 py-3 text-start font-semibold max-sm:block max-sm:py-1">
                  {field.label}
                </th>
                <Cell head={words.conflict.started}>{before === '' ? words.check.empty : <Value>{before}</Value>}</Cell>
                {[their, my].map((change, index) => (
                  <Cell key={index} head={index === 0 ? words.conflict.theirs : words.conflict.yours}>
                    {change === undefined ? (
                      <span className="text-ink-3">{words.conflict.same}</span>
                    ) : change.after === null ? (
                      <span className="text-ink-3">{words.check.empty}</span>
                    ) : (
                      <Marked
                        segments={markChanges(before, shownValue(field, change.after, timeZone)).after}
                        as="ins"
                      />
                    )}
                  </Cell>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ head, children }: { head: string; children: React.ReactNode }) {
  return (
    <td className="px-5 py-3 max-sm:flex max-sm:gap-3 max-sm:py-1">
      <span className="w-32 shrink-0 text-xs text-ink-3 sm:hidden">{head}</span>
      {children}
    </td>
  )
}
