/** Rows of the contract. The holder looks at the changes on the own phone before they are sent. */
import type { Endpoint } from '../endpoint'

export const confirmation = {} satisfies Record<string, Endpoint>
