/** Rows of the contract. The clerk's day: drafts, presence, recent items, today's list. */
import type { Endpoint } from '../endpoint'

export const desk = {} satisfies Record<string, Endpoint>
