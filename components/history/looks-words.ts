/** Sentences about who looked at a record, for operators. */
import type { Looks } from '@/lib/audit/answers'

export const looksWords = {
  title: 'Who looked at this record',
  lead: 'The last 50 looks. Somebody who looks again within 15 minutes stands here once.',
  show: 'Show who looked',
  hide: 'Hide',
  none: 'Nobody has looked at it yet.',
  unavailable: 'We cannot show this now.',
  what: {
    searched: 'found it',
    read: 'opened it',
    downloaded: 'downloaded it',
    printed: 'printed it',
    opened: 'opened it with a reason, from another facility',
    revealed: 'had the hidden values shown',
  } satisfies Record<Looks[number]['what'], string>,
  system: 'computer system',
  allFacilities: 'all facilities',
}
