/** Rows of the contract. Other issuers whose certificates verifiers accept. */
import type { Endpoint } from '../endpoint'

export const trust = {} satisfies Record<string, Endpoint>
