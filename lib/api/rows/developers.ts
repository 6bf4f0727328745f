/** Rows of the contract. What a source system's developer sees of the own calls. */
import type { Endpoint } from '../endpoint'

export const developers = {} satisfies Record<string, Endpoint>
