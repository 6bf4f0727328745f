'use client'
/** How far the log is sealed, and the hashes that were published. */
import { useQuery } from '@tanstack/react-query'
import { Link2, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Card } from '@/components/administration/card'
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { words as shared } from '@/components/words'
import { call } from '@/lib/api/call'
import type { AuditState } from '@/lib/audit/answers'
import { words } from './words'

const ASK_EVERY = 10_000
/** A seal is made every second: what waits for a minute waits for a worker. */
const LATE_MS = 60_000

export function StateCard() {
  const asked = useQuery({
    queryKey: ['audit state'],
    queryFn: async () => ({ state: await call('GET /v3/audit/state'), at: Date.now() }),
    refetchInterval: ASK_EVERY,
    staleTime: 0,
  })
  return (
    <div className="mt-6">
      <Card id="audit-state" title={words.state.title} lead={words.state.lead}>
        {asked.data ? (
          <State {...asked.data} />
        ) : asked.isError ? (
          <Notice kind="stop" live="alert" title={words.unavailable}>
            <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
              {shared.retry}
            </Button>
          </Notice>
        ) : (
          <Skeleton className="h-16 w-full" />
        )}
      </Card>
    </div>
  )
}

function State({ state, at }: { state: AuditState; at: number }) {
  const { timeZone } = usePlace()
  const [open, setOpen] = useState(false)
  const { seal, unsealed, oldestUnsealed, roots } = state
  const late = oldestUnsealed !== null && at - Date.parse(oldestUnsealed) > LATE_MS
  const Icon = late ? TriangleAlert : ShieldCheck
  return (
    <>
      <p role="status" className={`flex items-start gap-2 font-semibold ${late ? 'text-stop' : 'text-ok'}`}>
        <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
        {late ? words.state.late : unsealed === 0 ? words.state.sealed : words.state.waiting(unsealed)}
      </p>
      <p className="numbers mt-2 text-sm text-ink-2">
        {seal ? words.state.last(seal.n, momentOf(seal.at, timeZone)) : words.state.none}
      </p>
      {seal && <Hash value={seal.hash} />}
      <Button size="small" className="mt-3" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? words.state.hideRoots : words.state.showRoots}
      </Button>
      {open && (
        <div className="mt-3">
          <p className="text-sm text-ink-2">{roots.length === 0 ? words.state.noRoots : words.state.rootsLead}</p>
          <ul className="mt-2 divide-y divide-line">
            {roots.map((root) => (
              <li key={root.day} className="py-2">
                <p className="numbers text-sm font-semibold">
                  {root.day}
                  {root.signed && <span className="ms-2 font-normal text-ok">{words.state.signed}</span>}
                </p>
                <Hash value={root.hash} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function Hash({ value }: { value: string }) {
  return (
    <p className="flex items-start gap-2 text-xs text-ink-3">
      <Link2 aria-hidden className="mt-0.5 size-3.5 shrink-0" />
      <bdi dir="ltr" className="font-mono wrap-anywhere">
        {value}
      </bdi>
    </p>
  )
}
