/** Opened records, revealed values, stopped look-ups. */
import { lift, listStops } from '@/lib/desk/look-ups'
import { decideOpening, endOpening, openRecord, ownOpenings, reviewOpenings } from '@/lib/openings/openings'
import { revealedNow, revealValues } from '@/lib/openings/reveals'
import type { contract } from '../contract'
import type { Input } from '../serve'

/** POST /v3/openings */
export function open({ context, caller, body }: Input<typeof contract.openRecord>) {
  return openRecord(context, caller, body)
}

/** GET /v3/openings */
export function own({ context, caller }: Input<typeof contract.ownOpenings>) {
  return ownOpenings(context, caller)
}

/** POST /v3/openings/{openingId}/end */
export function end({ context, caller, params }: Input<typeof contract.endOpening>) {
  return endOpening(context, caller, params.openingId)
}

/** GET /v3/openings/review */
export function review({ context, caller }: Input<typeof contract.openingsToReview>) {
  return reviewOpenings(context, caller)
}

/** POST /v3/openings/{openingId}/decide */
export function decide({ context, caller, params, body }: Input<typeof contract.decideOpening>) {
  return decideOpening(context, caller, params.openingId, body)
}

/** POST /v3/certificates/{certificateId}/reveals */
export function reveal({ context, caller, params, body }: Input<typeof contract.revealValues>) {
  return revealValues(context, caller, params.certificateId, body)
}

/** GET /v3/certificates/{certificateId}/reveals */
export function revealed({ context, caller, params }: Input<typeof contract.revealedValues>) {
  return revealedNow(context, caller, params.certificateId)
}

/** GET /v3/look-ups/stops */
export function stops({ context, caller }: Input<typeof contract.lookUpStops>) {
  return listStops(context, caller)
}

/** POST /v3/look-ups/stops/{stopId}/lift */
export function liftStop({ context, caller, params, body }: Input<typeof contract.liftLookUpStop>) {
  return lift(context, caller, params.stopId, body)
}
