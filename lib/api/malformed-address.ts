/** What is said to an address that cannot be decoded ("%ff", "%zz"). Next would answer 500 before any handler is asked. */
import { Refusal } from '@/lib/errors'
import { endpoint } from './endpoint'
import { serve } from './serve'

/** Not in the contract: nobody is to call it; next.config.js sends such addresses here. */
const malformed = endpoint({
  operation: 'malformedAddress',
  method: 'GET',
  path: '/malformed-address',
  door: 'v3',
  who: 'anyone',
  summary: 'An address that cannot be decoded',
  ok: {},
  refusals: ['MALFORMED_REQUEST'],
})

/** Answers 400 MALFORMED_REQUEST, whatever the method. */
export const refuseAddress = serve(malformed, () => {
  throw new Refusal('MALFORMED_REQUEST', 'The address is not encoded correctly.')
})
