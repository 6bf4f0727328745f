/** Rows of the contract. What a verifier may ask: nothing personal, by certificate number alone. */
import type { Endpoint } from '../endpoint'

export const verification = {} satisfies Record<string, Endpoint>
