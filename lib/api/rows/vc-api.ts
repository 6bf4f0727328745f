/** Rows of the contract. The VC API: issuing and checking credentials of VC Data Model 2.0, for clients that may. */
import type { Endpoint } from '../endpoint'

export const vcApi = {} satisfies Record<string, Endpoint>
