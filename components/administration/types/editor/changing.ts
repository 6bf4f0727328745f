/** What the parts of the editor need to change the draft. */
import type { Change } from '@/lib/certificate-types/change'
import type { Finding } from './use-check'

export interface Changing {
  change: (change: Change) => void
  /** Of the last check. */
  errors: Finding[]
}
