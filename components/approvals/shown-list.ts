/** Which list of requests an address shows. */
import type { RequestList } from '@/lib/approvals/answers'
import { REQUEST_LISTS } from '@/lib/approvals/kinds'

/** `named`: what stands in the address; whoever decides begins with what waits for them, the others see their own alone. */
export function shownList(named: unknown, decides: boolean): RequestList {
  return decides ? (REQUEST_LISTS.find((list) => list === named) ?? 'to_decide') : 'mine'
}
