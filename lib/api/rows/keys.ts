/** Rows of the contract. The issuer's keys, and checks done on this side. */
import type { Endpoint } from '../endpoint'

export const keys = {} satisfies Record<string, Endpoint>
