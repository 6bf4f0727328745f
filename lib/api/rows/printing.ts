/** Rows of the contract. Printed pages, slips and test strips, and how many copies there are. */
import type { Endpoint } from '../endpoint'

export const printing = {} satisfies Record<string, Endpoint>
