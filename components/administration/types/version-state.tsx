/** Where a version is in its life, as a word with an icon. */
import { Archive, CircleCheck, PencilLine, type LucideIcon } from 'lucide-react'
import type { VersionHeading } from '@/lib/type-checks/answers'
import { words } from './words'

const LOOK: Record<VersionHeading['state'], { icon: LucideIcon; colours: string }> = {
  draft: { icon: PencilLine, colours: 'bg-warn-soft text-warn' },
  published: { icon: CircleCheck, colours: 'bg-ok-soft text-ok' },
  retired: { icon: Archive, colours: 'bg-mute-soft text-mute' },
}

export function VersionState({ state, children }: { state: VersionHeading['state']; children?: string }) {
  const { icon: Icon, colours } = LOOK[state]
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full py-0.5 ps-2 pe-2.5 text-xs font-semibold whitespace-nowrap ${colours}`}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {children ?? words.type.states[state]}
    </span>
  )
}
