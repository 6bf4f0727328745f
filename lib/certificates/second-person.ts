/** Which corrections need a second person, and why: the certificate type says which reasons count and whom they concern. Pure. */
import type { CertificateType } from '@/lib/certificate-types/type'
import { APPROVAL_REASONS, type ApprovalReason } from './answers'
import type { Caller } from './caller'
import { isLargeNameChange } from './name-distance'
import type { Identity } from './record'

type Approval = NonNullable<CertificateType['approval']>
export interface CorrectionToJudge {
  /**
   * The person as somebody answered for: the source system, a supervisor, or two people; the name and the date of birth
   * each by the last one who changed it (`vouchedBy`). Small corrections, one after the other, are measured against it: a
   * large one does not pass in parts, whoever corrects anything else in between.
   */
  vouched: Identity
  before: Identity
  after: Identity
  /** Updates left before this one. */
  remaining: number
  /** The record belongs to a facility that the caller does not act for. */
  elsewhere: boolean
}

/**
 * Whether small corrections of this caller are the caller's own word alone. Source systems are asked only where the type
 * lists "client"; what a person with several roles may do alone is what the strongest of them may do alone.
 */
export function isJudged(approval: Approval | undefined, { kind, roles, sandbox }: Who): boolean {
  if (approval === undefined || sandbox || kind === 'system') return false
  if (kind === 'client') return approval.of.includes('client')
  return approval.of.includes(roles.includes('supervisor') ? 'supervisor' : 'operator')
}

type Who = Pick<Caller, 'kind' | 'roles' | 'sandbox'>

/**
 * Why a correction needs a second person; empty when it does not. Beyond the limit, and at another facility's record,
 * everybody needs one.
 */
export function approvalReasons(
  approval: Approval | undefined,
  caller: Who,
  { vouched, before, after, remaining, elsewhere }: CorrectionToJudge,
): ApprovalReason[] {
  const found = new Set<ApprovalReason>()
  if (elsewhere) found.add('other_facility')
  if (remaining < 1) found.add('no_updates_left')
  if (isJudged(approval, caller)) {
    const [name, birth] = [after.name !== before.name, birthOf(after) !== birthOf(before)]
    const both = after.name !== vouched.name && birthOf(after) !== birthOf(vouched)
    if (approval!.nameAndBirthDate && both && (name || birth)) found.add('name_and_birth_date')
    if (approval!.largeNameChange && name && isLargeNameChange(vouched.name, after.name)) found.add('large_name_change')
    if (approval!.lastUpdate && remaining === 1) found.add('last_update')
  }
  return APPROVAL_REASONS.filter((reason) => found.has(reason))
}

/**
 * What an accepted version answers for. Whoever sends the whole record with another phone number says nothing of a name that
 * somebody else changed. `approved`: the reasons for which a second person looked at it.
 */
export function vouchedBy(
  approval: Approval | undefined,
  caller: Who,
  before: Identity | null,
  after: Identity,
  approved: readonly ApprovalReason[] | null,
): { vouchedName: boolean; vouchedBirth: boolean } {
  if (before === null) return { vouchedName: true, vouchedBirth: true }
  if (approved === null && isJudged(approval, caller)) return { vouchedName: false, vouchedBirth: false }
  const both = approved?.includes('name_and_birth_date') === true
  return {
    vouchedName: both || after.name !== before.name,
    vouchedBirth: both || birthOf(after) !== birthOf(before),
  }
}

/** The age counts only where the date of birth is not known. */
function birthOf({ dob, age }: Identity): string {
  return dob ?? `age ${age ?? ''}`
}
