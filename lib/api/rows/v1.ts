/** Rows of the contract. DIVOC's first generation of certify and update. */
import type { Endpoint } from '../endpoint'

export const v1 = {} satisfies Record<string, Endpoint>
