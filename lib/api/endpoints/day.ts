/** The list of a day, holders' reports on it, and what an operator opened last. */
import { listDay, whatWaits } from '@/lib/desk/day'
import { forgetRecent, listRecent } from '@/lib/desk/recent'
import { closeReport, failureAdvice, reportAdvice } from '@/lib/desk/reports'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** GET /v3/today */
export function list({ context, caller, query }: Input<typeof contract.dayList>) {
  return listDay(context, caller, query)
}

/** GET /v3/today/waiting */
export function waiting({ context, caller }: Input<typeof contract.waiting>) {
  return whatWaits(context, caller)
}

/** POST /v3/reports/{reportId}/close */
export function close({ context, caller, params, body }: Input<typeof contract.closeReport>) {
  return closeReport(context, caller, params.reportId, body)
}

/** GET /v3/reports/{reportId}/advice */
export function adviceOfReport({ context, caller, params }: Input<typeof contract.reportAdvice>) {
  return reportAdvice(context, caller, params.reportId)
}

/** GET /v3/transactions/{transactionId}/advice */
export function adviceOfFailure({ context, caller, params }: Input<typeof contract.failureAdvice>) {
  return failureAdvice(context, caller, params.transactionId)
}

/** GET /v3/recent */
export function recent({ context, caller }: Input<typeof contract.recent>) {
  return listRecent(context, caller)
}

/** DELETE /v3/recent */
export function forget({ context, caller }: Input<typeof contract.forgetRecent>) {
  return forgetRecent(context, caller)
}
