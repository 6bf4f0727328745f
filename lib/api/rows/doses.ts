/** Rows of the contract. Corrections that reach beyond one dose. */
import type { Endpoint } from '../endpoint'

export const doses = {} satisfies Record<string, Endpoint>
