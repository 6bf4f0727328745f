/** Rows of the contract. Recalls: many certificates revoked or suspended at once, proposed by one person and confirmed by another. */
import type { Endpoint } from '../endpoint'

export const recalls = {} satisfies Record<string, Endpoint>
