/** Rows of the contract. Revoking, suspending and lifting a suspension, one certificate or the doses of a code. */
import type { Endpoint } from '../endpoint'

export const revocation = {} satisfies Record<string, Endpoint>
