/** One hash for the changes of a correction: what somebody was shown can be compared with what is sent. */
import { createHash } from 'node:crypto'
import type { Change } from './answers'

export interface ChangesOf {
  /** The certificate that is replaced. */
  certificateId: string
  changes: Pick<Change, 'path' | 'before' | 'after'>[]
}

/** sha256 (hex) of the changes of one or more certificates, in whatever order they come. */
export function changesHash(corrections: ChangesOf[]): string {
  const lines = corrections
    .map(({ certificateId, changes }) =>
      JSON.stringify([certificateId, changes.map(({ path, before, after }) => [path, before, after])]),
    )
    .sort()
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex')
}
