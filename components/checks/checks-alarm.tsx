'use client'
/** Tells administrators, wherever they are, that the last check found something. */
import { usePathname } from 'next/navigation'
import { useHas } from '@/components/place'
import { Link } from '@/components/ui/link'
import { Notice } from '@/components/ui/notice'
import { useChecks } from './use-checks'
import { words } from './words'

const PAGE = '/administration/checks'

export function ChecksAlarm() {
  const administrator = useHas('administrator')
  const isThere = usePathname() === PAGE
  const { data } = useChecks(administrator)
  const found = data?.checks.find(({ finishedAt }) => finishedAt !== null)?.problems.length ?? 0
  if (found === 0 || isThere) return null
  return (
    <div className="mx-auto max-w-[76rem] px-4 pt-4 sm:px-8">
      <Notice kind="stop" title={words.alarm(found)}>
        <Link href={PAGE} className="inline-flex min-h-11 items-center font-semibold text-act underline">
          {words.alarmLink}
        </Link>
      </Notice>
    </div>
  )
}
