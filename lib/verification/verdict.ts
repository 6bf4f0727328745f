/** What can be said about something that was scanned. Every verdict has a code that a person can pass on. */
import type { Facts } from './facts'
import type { ListAge } from './revocation-list'
import type { OutOfTime } from './validity'

/** Why a certificate could not be checked. */
export type Obstacle =
  /** Genuine, but the registry could not be asked whether it still counts. */
  | 'status'
  /** The published keys could not be read, or this page could not load what it needs. */
  | 'keys'
  /** It fits none of the keys that were kept, and newer ones could not be had: a forgery, or signed with a newer key. */
  | 'kept_keys'
  /** Signed by somebody whose key is not known here. */
  | 'issuer'
  /** Genuine, but the registry has no certificate of this number: from an earlier system, or not what was issued. */
  | 'registry'
  /** Signed in the name of somebody who is trusted, in a vocabulary that is not known here. */
  | 'vocabulary'
  /** The page itself came over an insecure connection: its answer could be forged, and browsers check no signatures there. */
  | 'insecure'

/** `list`: the registry could not be asked, and this is what the list of that age says. */
interface ByList {
  list?: ListAge
}

export type Verdict =
  | { state: 'valid'; facts: Facts }
  /** `since`: an instant. */
  | ({ state: 'replaced'; since: string; facts: Facts } & ByList)
  /** `cause`: why, where that is public: error, fraud, recall or other. */
  | ({ state: 'cancelled'; since: string; cause: string | null; facts: Facts } & ByList)
  | ({ state: 'suspended'; since: string; until: string | null; facts: Facts } & ByList)
  /** The time that it names itself has not come (`from`), or is over (`since`). */
  | OutOfTime
  /** Another issuer's, whose key is trusted. Whether it still counts, only that issuer knows. */
  | { state: 'trusted'; issuer: string; facts: Facts }
  /** The signature holds, and yet it is not what was issued: the vocabulary lets values be swapped. */
  | { state: 'altered' }
  | { state: 'not_genuine' }
  /** `facts` only where the signature was checked and nothing speaks against it. With `list`: it is not in the list of that age. */
  | ({ state: 'could_not_check'; obstacle: 'status'; facts: Facts } & ByList)
  | { state: 'could_not_check'; obstacle: Exclude<Obstacle, 'status'> }
  | { state: 'preview' | 'sandbox' | 'not_a_certificate' }

/** The code of a verdict, two digits. They never change their meaning; later verdicts get later codes. */
export function codeOf(verdict: Verdict): string {
  if (verdict.state !== 'could_not_check') return CODE[verdict.state]
  return verdict.obstacle === 'status' && verdict.list ? NOT_IN_THE_LIST : OBSTACLE_CODE[verdict.obstacle]
}

const CODE: Record<Exclude<Verdict['state'], 'could_not_check'>, string> = {
  valid: '01',
  replaced: '02',
  cancelled: '03',
  suspended: '04',
  not_genuine: '05',
  altered: '06',
  not_a_certificate: '09',
  preview: '10',
  sandbox: '11',
  trusted: '15',
  not_yet_valid: '19',
  expired: '20',
}

/** Genuine and not in the list that is at hand; the registry itself could not be asked. */
const NOT_IN_THE_LIST = '16'

const OBSTACLE_CODE: Record<Obstacle, string> = {
  status: '07',
  keys: '08',
  issuer: '12',
  registry: '13',
  insecure: '14',
  kept_keys: '17',
  vocabulary: '18',
}
