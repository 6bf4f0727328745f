/** Rows of the contract. Operators, facilities and clients, for administrators. */
import type { Endpoint } from '../endpoint'

export const administration = {} satisfies Record<string, Endpoint>
