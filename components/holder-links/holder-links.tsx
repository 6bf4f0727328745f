'use client'
/** Links for the holder of a certificate: make one, show and print it, end those that still work. */
import { Link2 } from 'lucide-react'
import { dayOf, momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { codeOf } from '@/components/registry'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { useLater } from '@/components/ui/use-later'
import type { HolderLink } from '@/lib/holders/answers'
import { useLinks } from './use-links'
import { linkWords } from './words'

export function HolderLinks({ certificateId }: { certificateId: string }) {
  const { links, make, revoke } = useLinks(certificateId)
  // The address is told once: without a connection what shows it is asked for until it is there.
  const made = useLater(madeLink, make.data !== undefined)
  const active = links.data?.links.filter((link) => link.state === 'active') ?? []
  const others = active.filter((link) => link.linkId !== make.data?.linkId)
  return (
    <section aria-labelledby="holder-links" className="sheet px-5 py-4 sm:px-6" data-screen-only>
      <h2 id="holder-links" className="text-lg">
        {linkWords.title}
      </h2>
      {!make.data && <p className="mt-1 text-sm text-ink-2">{linkWords.lead}</p>}
      <div role="alert" className="mt-3 empty:hidden">
        {make.error && (
          <Notice kind="stop" title={codeOf(make.error) === 'NO_HOLDER_CHECK' ? linkWords.noCheck : linkWords.failed} />
        )}
        {revoke.error && <Notice kind="stop" title={linkWords.revokeFailed} />}
      </div>
      <div role="status" className="empty:hidden">
        {make.data && made && <made.Made link={make.data} certificateId={certificateId} onDone={make.reset} />}
        {revoke.data && !make.data && <p className="mt-3 text-sm text-ok">{linkWords.revoked}</p>}
      </div>
      {!make.data && (
        <Button busy={make.isPending} onClick={() => make.mutate()} className="mt-3">
          <Link2 aria-hidden className="size-4" />
          {make.isPending ? linkWords.making : active.length > 0 ? linkWords.another : linkWords.make}
        </Button>
      )}
      {others.length > 0 && (
        <div className="mt-4 border-t border-line pt-3">
          <p className="text-sm font-semibold">{linkWords.active(others.length)}</p>
          <p className="text-sm text-ink-3">{linkWords.activeNote(others.length)}</p>
          <ul className="mt-1 divide-y divide-line/60">
            {others.map((link) => (
              <Active
                key={link.linkId}
                link={link}
                busy={revoke.isPending && revoke.variables === link.linkId}
                onRevoke={() => revoke.mutate(link.linkId)}
              />
            ))}
          </ul>
        </div>
      )}
      {links.error && !links.data && (
        <p className="mt-3 text-sm text-ink-2">
          {linkWords.listFailed}{' '}
          <Button kind="quiet" onClick={() => void links.refetch()}>
            {linkWords.retry}
          </Button>
        </p>
      )}
    </section>
  )
}

function madeLink() {
  return import('./made')
}

function Active({ link, busy, onRevoke }: { link: HolderLink; busy: boolean; onRevoke: () => void }) {
  const { timeZone } = usePlace()
  const made = dayOf(link.createdAt, timeZone)
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 py-1.5">
      <Facts className="numbers min-w-0 text-sm text-ink-2">
        <span>{linkWords.madeBy(made, link.by.name)}</span>
        <span>{linkWords.worksUntil(dayOf(link.expiresAt, timeZone))}</span>
        <span>{link.openedAt ? linkWords.opened(momentOf(link.openedAt, timeZone)) : linkWords.notOpened}</span>
      </Facts>
      <Button
        kind="quiet"
        busy={busy}
        onClick={onRevoke}
        aria-label={linkWords.revokeLink(made)}
        className="text-stop hover:bg-stop-soft"
      >
        {linkWords.revoke}
      </Button>
    </li>
  )
}
