'use client'
/** One version of a type: who made it, when, what is new in it, and what can be done. */
import { momentOf } from '@/components/display'
import { usePlace } from '@/components/place'
import { Button, buttonClass } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Link } from '@/components/ui/link'
import { Value } from '@/components/ui/value'
import type { VersionHeading } from '@/lib/type-checks/answers'
import { addressOfVersion } from './addresses'
import { VersionState } from './version-state'
import { words } from './words'

interface VersionRowProps {
  version: VersionHeading
  /** Certificates that count; null while that is not known. */
  current: number | null
  busy: boolean
  onBegin: () => void
  onDiscard: () => void
  onGoBack: () => void
}

export function VersionRow({ version: heading, current, busy, onBegin, onDiscard, onGoBack }: VersionRowProps) {
  const { name, version, state, note } = heading
  const isDraft = state === 'draft'
  const named = (action: string) => ({ 'aria-label': words.type.actionsOf(action, version) })
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0 flex-[1_1_20rem]">
        <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
          {words.type.version(version)}
          <VersionState state={state} />
        </h3>
        {note && (
          <p className="mt-0.5 text-[0.9375rem] wrap-anywhere">
            <Value>{note}</Value>
          </p>
        )}
        <WhoAndWhen heading={heading} />
        {!isDraft && (
          <p className="numbers text-sm text-ink-2">{current === null ? '…' : words.type.current(current)}</p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Link
          href={addressOfVersion(name, version)}
          className={buttonClass(isDraft ? 'main' : 'second')}
          {...named(isDraft ? words.type.goOn : words.type.look)}
        >
          {isDraft ? words.type.goOn : words.type.look}
        </Link>
        {!isDraft && (
          <Button busy={busy} onClick={onBegin} {...named(words.type.editFrom)}>
            {words.type.editFrom}
          </Button>
        )}
        {state === 'retired' && (
          <Button kind="stop" busy={busy} onClick={onGoBack} {...named(words.type.back)}>
            {words.type.back}
          </Button>
        )}
        {isDraft && (
          <Button kind="stop" busy={busy} onClick={onDiscard} {...named(words.type.discard)}>
            {words.type.discard}
          </Button>
        )}
      </div>
    </li>
  )
}

function WhoAndWhen({ heading }: { heading: VersionHeading }) {
  const { timeZone } = usePlace()
  const { createdAt, createdByName, changedAt, changedByName, publishedAt, publishedByName } = heading
  return (
    <Facts className="numbers text-sm text-ink-2">
      <span>{words.type.begun(createdByName, momentOf(createdAt, timeZone))}</span>
      {changedAt && changedByName && <span>{words.type.changed(changedByName, momentOf(changedAt, timeZone))}</span>}
      {publishedAt && publishedByName && (
        <span>{words.type.published(publishedByName, momentOf(publishedAt, timeZone))}</span>
      )}
    </Facts>
  )
}
