/** What can be said about something that was scanned. Every verdict has a code that a person can pass on. */
import type { Facts } from './facts'

/** Why a certificate could not be checked. */
export type Obstacle =
  /** Genuine, but the registry could not be asked whether it still counts. */
  | 'status'
  /** The published keys could not be read, or this page could not load what it needs. */
  | 'keys'
  /** Signed by somebody whose key is not known here. */
  | 'issuer'
  /** Genuine, but the registry has no certificate of this number: from an earlier system, or not what was issued. */
  | 'registry'
  /** The page itself came over an insecure connection: its answer could be forged, and browsers check no signatures there. */
  | 'insecure'

export type Verdict =
  | { state: 'valid'; facts: Facts }
  /** `since`: an instant. */
  | { state: 'replaced' | 'cancelled'; since: string; facts: Facts }
  | { state: 'suspended'; since: string; until: string | null; facts: Facts }
  /** The signature holds, and yet it is not what was issued: the vocabulary lets values be swapped. */
  | { state: 'altered' }
  | { state: 'not_genuine' }
  /** `facts` only where the signature was checked and nothing speaks against it. */
  | { state: 'could_not_check'; obstacle: 'status'; facts: Facts }
  | { state: 'could_not_check'; obstacle: Exclude<Obstacle, 'status'> }
  | { state: 'preview' | 'sandbox' | 'not_a_certificate' }

/** The code of a verdict, two digits. They never change their meaning; later verdicts get later codes. */
export function codeOf(verdict: Verdict): string {
  return verdict.state === 'could_not_check' ? OBSTACLE_CODE[verdict.obstacle] : CODE[verdict.state]
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
}

const OBSTACLE_CODE: Record<Obstacle, string> = {
  status: '07',
  keys: '08',
  issuer: '12',
  registry: '13',
  insecure: '14',
}
