/** Rows of the contract. Status lists and the list of what was replaced, cancelled or suspended, as signed files for anybody. */
import type { Endpoint } from '../endpoint'

export const statusLists = {} satisfies Record<string, Endpoint>
