/** From rows to request items: what can be asked of the registry, and everything that is wrong with the others. */
import { fieldsOf, type CertificateType } from '@/lib/certificate-types/type'
import type { Context } from '@/lib/certificates/context'
import { readItem } from '@/lib/certificates/read-items'
import { valueAt } from '@/lib/certificates/record'
import type { RowProblem } from './answers'
import { certifyItem, columnAt, correctionOf, textAt, withSet, type Correction } from './rows'
import type { Group } from './run'
import { sharedValue } from './session'
import { basesOf, takenBefore, type Base, type RowOutcome, type TakenRow } from './store-work'

/** A row that can be asked for. */
export interface Prepared {
  row: TakenRow
  item: object
  /** Of a correction: the certificate as it is now. */
  base: Base | null
}

export interface PreparedRows {
  ready: Prepared[]
  refused: RowOutcome[]
}

/** The items of a group of rows, each read as the registry will read it. */
export async function prepare(context: Context, type: CertificateType, group: Group): Promise<PreparedRows> {
  const { run, caller } = group
  const { ready, refused } =
    run.kind === 'certify' ? certifying(type, group.rows) : await correcting(context, type, group)
  const kind = { form: run.form, sandbox: caller.sandbox }
  const good = ready.filter((prepared) => {
    const read = readItem(prepared.item, type, context, kind)
    if (!('issues' in read)) return true
    const problems = read.issues.map(({ path, code, message }) => ({ column: columnAt(type, path), code, message }))
    refused.push({ row: prepared.row.row, state: 'refused', problems: onceEach(problems) })
    return false
  })
  return { ready: good, refused }
}

function certifying(type: CertificateType, rows: TakenRow[]): PreparedRows {
  const all: PreparedRows = { ready: [], refused: [] }
  for (const row of rows) {
    const read = certifyItem(type, row.cells)
    if ('problems' in read) all.refused.push({ row: row.row, state: 'refused', problems: read.problems })
    else all.ready.push({ row, item: read.item, base: null })
  }
  return all
}

async function correcting(
  context: Context,
  type: CertificateType,
  { run, caller, rows }: Group,
): Promise<PreparedRows> {
  const all: PreparedRows = { ready: [], refused: [] }
  const refuse = (row: TakenRow, problems: RowProblem[]) =>
    all.refused.push({ row: row.row, state: 'refused', problems })
  const read = rows.flatMap((row) => {
    const given = correctionOf(type, row.cells, context.settings.issuer.timeZone)
    if ('problems' in given) refuse(row, given.problems)
    return 'problems' in given ? [] : [{ row, correction: given.correction }]
  })
  const numbers = read.flatMap(({ correction: { certificateId } }) => certificateId ?? [])
  const codes = read.flatMap(({ correction: { certificateId, code, sequence } }) =>
    certificateId === null ? [{ code: code!, dose: sequence ?? 1 }] : [],
  )
  const bases = await basesOf(context.db, caller, type.name, numbers, codes)
  const lineages = [...new Set(bases.map(({ lineageId }) => lineageId))]
  const taken = new Map((await takenBefore(context.db, run.id, lineages)).map((one) => [one.lineageId, one.row]))
  for (const { row, correction } of read) {
    const found = baseFor(correction, bases)
    if ('problem' in found) {
      refuse(row, [found.problem])
      continue
    }
    const { base } = found
    const before = taken.get(base.lineageId)
    if (before !== undefined && before !== row.row) {
      const message = `Row ${before} corrects the same certificate. Put both changes into one row.`
      refuse(row, [{ column: '', code: 'CONFLICTING_ITEMS', message }])
      continue
    }
    if (run.proposal && !isAsProposed(context, type, base, run.proposal)) {
      const message = 'It says something else since this was proposed: correct it on its own, or propose it anew.'
      refuse(row, [{ column: '', code: 'STALE_VERSION', message }])
      continue
    }
    taken.set(base.lineageId, row.row)
    all.ready.push({ row, base, item: itemOf(type, base, correction, run) })
  }
  return all
}

/** A second person approved one change: from what stood there to what is to. Whatever else stands there now is not theirs. */
function isAsProposed(
  { settings }: Context,
  type: CertificateType,
  { record }: Base,
  { path, from }: NonNullable<Group['run']['proposal']>,
): boolean {
  const field = fieldsOf(type).find((one) => one.path === path)
  return field !== undefined && sharedValue(field, record, settings.issuer.timeZone) === from
}

/** The whole record again, with what is to change, and why. */
function itemOf(type: CertificateType, base: Base, { set }: Correction, { reason, proposal }: Group['run']): object {
  const { meta: _meta, reason: _earlier, ...record } = base.record
  const changed = withSet(record, proposal ? dayKept(type, record, set) : set)
  const { sequence } = type.lineage
  const isNumber = sequence !== undefined && typeof valueAt(record, sequence) === 'number'
  const placed = isNumber ? withSet(changed, new Map([[sequence, base.dose]])) : changed
  return { ...placed, programId: base.programId, ...(reason ? { reason } : {}) }
}

/** A proposal names a day; the time of day of each certificate stays. */
function dayKept(type: CertificateType, record: object, set: Map<string, unknown>): Map<string, unknown> {
  const instants = type.sections.flatMap(({ fields }) => fields).filter(({ kind }) => kind === 'instant')
  return new Map(
    [...set].map(([path, value]) => {
      const isDay = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
      if (!isDay || !instants.some((field) => field.path === path)) return [path, value]
      return [path, `${value}${textAt(record, path).slice(10)}`]
    }),
  )
}

function baseFor(correction: Correction, bases: Base[]): { base: Base } | { problem: RowProblem } {
  const { certificateId, code, sequence, programId } = correction
  const fitting = bases.filter((base) =>
    certificateId === null
      ? base.asked === null && base.code === code && base.dose === (sequence ?? 1)
      : base.asked === certificateId,
  )
  const mine = programId === null ? fitting : fitting.filter((base) => base.programId === programId)
  const [base] = mine
  if (!base)
    return problem(
      'certificateId',
      'CERTIFICATE_NOT_FOUND',
      'You have no certificate with this number, or this code and dose.',
    )
  if (mine.length > 1) {
    return problem(
      'programId',
      'PROGRAM_REQUIRED',
      'Several programmes have a certificate for this code and dose: name one in programId.',
    )
  }
  if (certificateId !== null && code !== null && base.code !== code) {
    return problem(
      'preEnrollmentCode',
      'VALIDATION_ERROR',
      `Certificate ${certificateId} has another pre-enrollment code.`,
    )
  }
  if (certificateId !== null && sequence !== null && base.dose !== sequence) {
    return problem(
      'certificateId',
      'VALIDATION_ERROR',
      `Certificate ${certificateId} is number ${base.dose} of its code. A certificate belongs to one.`,
    )
  }
  return { base }
}

function problem(column: string, code: string, message: string): { problem: RowProblem } {
  return { problem: { column, code, message } }
}

/** A section that is missing is said once, not for each of its fields. */
function onceEach(problems: RowProblem[]): RowProblem[] {
  const seen = new Set<string>()
  return problems.filter(
    ({ column, message }) => !seen.has(`${column}\n${message}`) && seen.add(`${column}\n${message}`),
  )
}
