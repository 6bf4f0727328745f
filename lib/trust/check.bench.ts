/** Verifications at POST /vc-certification/v1/certificate/verify: whole requests, each certificate another one. */
import { POST } from '@/app/vc-certification/v1/certificate/verify/route'
import { acceptCertify } from '@/lib/certificates/accept'
import { liveContext } from '@/lib/certificates/context'
import { aCaller, anIssuer, aRequest, issueAll, options } from '@/lib/testing/builders'
import { printTable, quantile } from '@/lib/testing/measure'

const CERTIFICATES = 400
const ROUNDS = 5
const AT_ONCE = 8
const context = liveContext()

for (const keyType of ['RSA', 'ED25519'] as const) {
  const settings = { ...context.settings, signing: { ...context.settings.signing, keyType } }
  for (let n = 0; n < CERTIFICATES; n += 100) {
    const requests = Array.from({ length: 100 }, (_, at) => aRequest({ preEnrollmentCode: `${keyType}-${n + at}` }))
    await acceptCertify(context, aCaller(), requests, options({ method: 'POST' }))
  }
  await issueAll(await anIssuer({ ...context, settings }))
}

// The web server of this program runs with the settings of the environment: RSA now, Ed25519 before.
const rows = await context.db.certificate.findMany({ select: { credential: true, credential2: true } })
const texts = {
  'RSA, DIVOC’s form': rows
    .filter(({ credential }) => credential.includes('RsaSignature2018'))
    .map((r) => r.credential),
  'Ed25519, DIVOC’s form': rows.filter(({ credential }) => credential.includes('Ed25519Sig')).map((r) => r.credential),
  'VC Data Model 2.0': rows.flatMap(({ credential2 }) => credential2 ?? []),
}

const figures: string[][] = []
for (const [what, bodies] of Object.entries(texts)) {
  await round(bodies)
  const rates: number[] = []
  const cpu: number[] = []
  for (let n = 0; n < ROUNDS; n++) {
    const [began, before] = [performance.now(), process.cpuUsage()]
    await round(bodies)
    const { user, system } = process.cpuUsage(before)
    rates.push(bodies.length / ((performance.now() - began) / 1000))
    cpu.push((user + system) / bodies.length)
  }
  figures.push([what, median(rates).toFixed(0), median(cpu).toFixed(0), (1e6 / median(cpu)).toFixed(0)])
}
printTable([`verify, ${AT_ONCE} at a time`, 'per second', 'CPU µs each', 'per CPU-second'], figures)
await context.db.$disconnect()

async function round(bodies: string[]): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
        const response = await POST(
          new Request('http://localhost/vc-certification/v1/certificate/verify', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          }),
        )
        if (response.status !== 200) throw new Error(await response.text())
      }
    }),
  )
}

function median(values: number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}
