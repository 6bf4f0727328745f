/** Rows of the contract. The holder's links, page and reports. */
import type { Endpoint } from '../endpoint'

export const holders = {} satisfies Record<string, Endpoint>
