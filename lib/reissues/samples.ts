/** Some of the chosen certificates as they are and as they would be, before anything is done. */
import { writeLook } from '@/lib/audit/looks'
import { formOf } from '@/lib/certificate-types/type'
import type { TypeVersion } from '@/lib/certificate-types/document'
import { publishedVersion, typeOfAllTimes, typeVersion as issuedUnder } from '@/lib/certificate-types/live'
import type { Caller } from '@/lib/certificates/caller'
import type { Context } from '@/lib/certificates/context'
import { buildCredential } from '@/lib/certificates/credential'
import { buildCredential2 } from '@/lib/certificates/credential2'
import { draftQr } from '@/lib/certificates/draft-credential'
import { dotsFor, withDots } from '@/lib/certificates/hidden'
import { maskedValuesOf, maskFor } from '@/lib/certificates/masks'
import { pageSettings, printedQr, renderer } from '@/lib/certificates/page'
import { pageOf } from '@/lib/certificates/page-data'
import { mayRead } from '@/lib/certificates/reach'
import { credential2Of } from '@/lib/certificates/store-form2'
import { credentialOf, previousDoses, type CredentialRow } from '@/lib/certificates/store-read'
import { countLookUp } from '@/lib/desk/look-ups'
import type { QrCode } from '@/lib/rendering/qr'
import type { ReissueSample } from './answers'
import { differencesBetween, type Difference } from './differences'
import { problemsOf } from './fit'
import { facilityOf, someChosen } from './store-choosing'
import { targetOf, type Wanted } from './target'

const SAMPLES = 3
const WATERMARK = 'PREVIEW – NOT VALID'

/**
 * Three of the chosen in the first part of the registry, of different versions where there are several; a count names some
 * of each version to ask for by number. What somebody does not reach is told without values
 * and without its page; what somebody reaches is a look at the record as any other. Refusals as of `targetOf`, and
 * TOO_MANY_LOOK_UPS, RENDERER_UNAVAILABLE.
 */
export async function sampleReissue(
  context: Context,
  caller: Caller,
  wanted: Wanted,
): Promise<{ samples: ReissueSample[] }> {
  const target = await targetOf(context, caller, wanted)
  const inForce = await publishedVersion(context, target.type)
  const samples: ReissueSample[] = []
  for (const certificateId of await someChosen(context.db, target, { after: null, until: target.at }, SAMPLES)) {
    const row = await credentialOf(context.db, certificateId, context.now())
    if (row) samples.push(await sampleOf(context, caller, row, inForce))
  }
  return { samples }
}

async function sampleOf(
  context: Context,
  caller: Caller,
  row: CredentialRow,
  inForce: TypeVersion,
): Promise<ReissueSample> {
  const { certificateId, record, form, typeVersion } = row
  const { type } = inForce
  const { db, now } = context
  const shown = await mayRead({ db, now }, caller, { id: row.lineageId, ...row })
  if (shown) {
    await countLookUp(context, caller, { certificateId })
    await writeLook(context, caller, { action: 'record.read', detail: { form: 'reissue' }, certificateId })
  }
  const problems = problemsOf(context, type, { record, form })
  const fits = problems.length === 0
  const kind = { form, sandbox: false }
  // Both without a signature: what differs is what they say.
  const { type: was } = await issuedUnder(context, row.type, typeVersion)
  const before = sizeOf(draftQr(record, was, context, kind))
  const after = fits ? draftQr(record, type, context, kind) : null
  const differences = fits ? await differencesOf(context, row, inForce) : []
  return {
    certificateId,
    facility: await facilityOf(db, row.facilityCode),
    typeVersion,
    fits,
    problems,
    shown,
    differences: differences.map((one) => (shown ? hiding(context, row, one) : { ...one, before: null, after: null })),
    qr: { before, after: after && sizeOf(after) },
    picture: shown && after ? await pictureOf(context, caller, row, inForce) : null,
  }
}

/** What the two forms would say otherwise: under the same number and day, so that nothing else differs. */
async function differencesOf(context: Context, row: CredentialRow, { type }: TypeVersion): Promise<Difference[]> {
  const { settings } = context
  const { record: request, certificateId, issuedAt } = row
  const built = buildCredential({
    template: formOf(type, row.form).credential,
    request,
    certificateId,
    issuedAt,
    settings: settings.credential,
    codeLists: type.codeLists,
  })
  const found = differencesBetween('qr', JSON.parse(row.credential), built)
  const stored = await credential2Of(context.db, certificateId, context.now())
  if (!stored?.credential2 || type.credential2 === undefined) return found
  const place = { listId: 1, index: 1 }
  const built2 = buildCredential2({ type, request, certificateId, issuedAt, settings, place })
  return [...found, ...differencesBetween('vc2', JSON.parse(stored.credential2), built2)]
}

/** Values that are hidden from people are dots wherever in a credential they stand. */
function hiding(context: Context, { record, type }: CredentialRow, { before, after, ...one }: Difference): Difference {
  const hidden = maskedValuesOf(record, typeOfAllTimes(context, type)).filter(({ value }) => value !== '')
  const dotted = (text: string | null) =>
    text && hidden.reduce((shown, { value }) => shown.replaceAll(value, dotsFor(value)), text)
  return { ...one, before: dotted(before), after: dotted(after) }
}

async function pictureOf(
  context: Context,
  caller: Caller,
  row: CredentialRow,
  inForce: TypeVersion,
): Promise<string | null> {
  const { preEnrollmentCode } = row.record
  const mask = maskFor(context, caller, { type: row.type, preEnrollmentCode, sandbox: row.sandbox })
  const record = withDots(mask ? mask.record(row.record) : row.record)
  const { type, template } = inForce
  const page = pageOf({
    ...(await pageSettings(context, inForce)),
    type,
    record,
    certificateId: 'PREVIEW',
    issuedAt: context.now(),
    revision: row.revision + 1,
    predecessorId: row.certificateId,
    previousDoses: await previousDoses(context.db, { ...row, record, issuedAt: context.now() }, type),
    qr: printedQr(draftQr(record, type, context, { form: row.form, sandbox: false })),
    paper: context.settings.paper,
    watermark: WATERMARK,
  })
  return (await renderer().pictures(page, template))[0] ?? null
}

function sizeOf({ version, bytes, printMillimetres }: QrCode): ReissueSample['qr']['before'] {
  return { version, bytes, printMillimetres }
}
