/**
 * Where the time of an issued certificate goes: the steps of a claim by the clock, how long the event loop stands still in
 * each, and what each part of signing costs in CPU time.
 */
import { createHash } from 'node:crypto'
import { VACCINATION } from '@/lib/certificate-types/declaration'
import { fitInQr, packCredential, qrValue } from '@/lib/rendering/qr'
import { verificationMethod2 } from '@/lib/signing/did-web'
import { loadSigningKey } from '@/lib/signing/signing-keys'
import { signCredential, verifyCredential } from '@/lib/signing/sign'
import { aCaller, aRequest, aSigner2, options } from '@/lib/testing/builders'
import { LoopWatch, type StandStill } from '@/lib/testing/loop-watch'
import { printTable, quantile } from '@/lib/testing/measure'
import { acceptCertify } from './accept'
import { liveContext } from './context'
import { buildCredential } from './credential'
import { issueNext, type Step } from './issue'
import type { CertificateRecord } from './record'
import { signCertificate2, verifyCertificate2 } from './sign2'

/** As the pipeline does under load. */
const CLAIM = 32
const CERTIFICATES = 1280
/** Before what counts: a worker that has just started compiles what it runs. */
const FIRST = 10 * CLAIM

const context = liveContext()
const steps: string[][] = []
const parts: string[][] = []
for (const keyType of ['RSA', 'ED25519'] as const) {
  await measureSteps(keyType)
  await measureParts(keyType)
}
const standsStill = `longest stand-still of the event loop in a claim of ${CLAIM}, ms median / max`
const work = 'most work in one of its turns, ms median / max'
const own = 'the same without garbage collection'
printTable(
  ['step of a claim', 'ms per certificate', 'CPU ms per certificate', '% of the time', standsStill, work, own],
  steps,
)
console.log('')
printTable(['part of signing', 'CPU ms', '% of signing'], parts)
await context.db.$disconnect()

/** From the lease to the end of the transaction, with the database's waits for the disk. */
async function measureSteps(keyType: 'RSA' | 'ED25519') {
  const settings = { ...context.settings, signing: { ...context.settings.signing, keyType } }
  for (let n = 0; n < CERTIFICATES + FIRST + 2 * CLAIM; n += 20) {
    const requests = Array.from({ length: 20 }, (_, item) => aRequest({ preEnrollmentCode: `${keyType}-${n + item}` }))
    await acceptCertify(context, aCaller(), requests, options({ method: 'POST' }))
  }
  const key = await loadSigningKey(settings)
  const key2 = aSigner2((multikey) => verificationMethod2(settings.publicUrl, multikey))
  const spent = new Map<string, { clock: number; cpu: number; still: (() => StandStill)[] }>()
  const watch = new LoopWatch()
  let [clock, cpu] = [performance.now(), process.cpuUsage()]
  const onStep = (step: Step) => {
    const sum = spent.get(step) ?? { clock: 0, cpu: 0, still: [] }
    const { user, system } = process.cpuUsage(cpu)
    spent.set(step, {
      clock: sum.clock + performance.now() - clock,
      cpu: sum.cpu + (user + system) / 1000,
      still: [...sum.still, watch.longest()],
    })
    ;[clock, cpu] = [performance.now(), process.cpuUsage()]
  }
  const issuer = { ...context, settings, key, sandboxKey: key, key2, sandboxKey2: key2, onStep }
  await issueNext(issuer, CLAIM) // programs are compiled and connections opened
  spent.clear()
  watch.longest()
  for (let done = 0; done < FIRST;) done += await issueNext(issuer, CLAIM)
  const first = [...spent.values()].flatMap(({ still }) => still)
  spent.clear()
  watch.longest()
  let issued = 0
  ;[clock, cpu] = [performance.now(), process.cpuUsage()]
  for (let done = CLAIM; done === CLAIM && issued < CERTIFICATES; issued += done) done = await issueNext(issuer, CLAIM)
  const total = [...spent.values()].reduce((sum, { clock }) => sum + clock, 0)
  const names: Record<Step, string> = {
    claimed: 'claim',
    signed: 'build, sign, see that the QR holds it',
    written: 'lock, plan, write, read back and verify',
    committed: 'commit',
  }
  watch.end()
  steps.push([`${keyType}: all steps of the first ${FIRST}`, '', '', '', ...standStills(first)])
  for (const [step, { clock, cpu, still }] of spent) {
    const share = ((100 * clock) / total).toFixed(0)
    const each = [(clock / issued).toFixed(2), (cpu / issued).toFixed(2), share]
    steps.push([`${keyType}: ${names[step as Step]}`, ...each, ...standStills(still)])
  }
  const perSecond = ((1000 * issued) / total).toFixed(0)
  steps.push([`${keyType}: all (${perSecond} issued per second)`, (total / issued).toFixed(2), '', '100', '', '', ''])
}

/** Median and most of each: by the clock, of work, of its own work. */
function standStills(still: readonly (() => StandStill)[]): string[] {
  const stood = still.map((longest) => longest())
  return [stood.map(({ clock }) => clock), stood.map(({ worked }) => worked), stood.map(({ own }) => own)].map(
    (times) => {
      const sorted = times.sort((a, b) => a - b)
      return `${quantile(sorted, 0.5).toFixed(1)} / ${sorted.at(-1)!.toFixed(1)}`
    },
  )
}

/** The same calls as in issuing, one kind at a time. */
async function measureParts(keyType: 'RSA' | 'ED25519') {
  const key = await loadSigningKey({ ...context.settings, signing: { ...context.settings.signing, keyType } })
  const issuedAt = new Date()
  const build = () =>
    buildCredential({
      template: VACCINATION.forms.certifyV3.credential,
      request: aRequest() as unknown as CertificateRecord,
      certificateId: '123456789012',
      issuedAt,
      settings: context.settings.credential,
      codeLists: VACCINATION.codeLists,
    })
  const unsigned = build()
  const signed = await signCredential(unsigned, key, issuedAt)
  const text = JSON.stringify(signed)
  const zip = packCredential(text)
  const key2 = aSigner2((multikey) => verificationMethod2(context.settings.publicUrl, multikey))
  const place = { listId: 1, index: 94567 }
  const { settings } = context
  const second = { type: VACCINATION, request: aRequest(), certificateId: '123456789012', issuedAt, settings, place }
  const signed2 = await signCertificate2(second, key2)
  const work: [string, () => unknown][] = [
    ['build', build],
    ['sign', () => signCredential(unsigned, key, issuedAt)],
    ['write and read JSON', () => JSON.parse(JSON.stringify(signed))],
    ['verify', () => verifyCredential(signed, key)],
    ['zip for the QR', () => packCredential(text)],
    ['see that the QR holds it', () => fitInQr(qrValue(zip))],
    ['hash', () => createHash('sha256').update(text).digest('hex')],
    ['build and sign the second form', () => signCertificate2(second, key2)],
    ['verify the second form', () => verifyCertificate2(signed2, () => key2.publicKey, context.settings)],
  ]
  const costs: [string, number][] = []
  for (const [name, run] of work) costs.push([name, await cpuOf(run)])
  const total = costs.reduce((sum, [, cost]) => sum + cost, 0)
  for (const [name, cost] of [...costs, ['all', total] as const]) {
    parts.push([`${keyType}: ${name}`, cost.toFixed(3), ((100 * cost) / total).toFixed(0)])
  }
}

/** CPU milliseconds of one run, the thread pool's included. */
async function cpuOf(run: () => unknown): Promise<number> {
  for (let n = 0; n < 200; n++) await run()
  const before = process.cpuUsage()
  const end = performance.now() + 1500
  let runs = 0
  for (; performance.now() < end; runs++) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / runs
}
