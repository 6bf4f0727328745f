/** A small believable data set, brought in through the same door as everybody's: accepted, signed and issued by the pipeline. */
import { acceptCertify, acceptUpdates } from '@/lib/certificates/accept'
import { provenCaller } from '@/lib/certificates/caller'
import { liveContext } from '@/lib/certificates/context'
import { findLineages } from '@/lib/certificates/read'
import { Refusal } from '@/lib/errors'
import { CORRECTIONS, FACILITIES, PEOPLE, requestFor } from './seed-people'

const REASON = { requestedBy: 'holder', cause: 'our typing error' }

const context = liveContext()
const caller = provenCaller({
  kind: 'system',
  id: 'seed',
  name: 'Example data',
  facilityCode: null,
  batch: 'all',
  channel: 'api',
  facilities: null,
  programs: null,
  roles: [],
  sandbox: false,
})

for (const { code, name, aliases } of FACILITIES) {
  await context.db.facility.upsert({ where: { code }, create: { code, name }, update: {} })
  for (const alias of aliases) {
    await context.db.facilityAlias.upsert({
      where: { name: alias },
      create: { name: alias, facilityCode: code },
      update: {},
    })
  }
}

const requests = PEOPLE.flatMap((person) => person.doses.map((dose) => requestFor(person, dose)))
if (await certified()) {
  await issued()
  await corrected()
  await issued()
}
await context.db.$disconnect()

/** False where the installation's own types ask for what the examples do not have. */
async function certified(): Promise<boolean> {
  const end = Date.now() + 60_000
  for (;;) {
    try {
      await acceptCertify(context, caller, requests, { door: 'v3', method: 'POST', path: 'seed' })
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // Types of the installation's own are in force when the worker has checked them.
      if (error.code !== 'NOT_FOUND' || Date.now() > end) {
        process.stdout.write(
          `No example data: it does not fit the certificate types of this installation. ${error.message}\n`,
        )
        return false
      }
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

async function corrected(): Promise<void> {
  // A seed that was interrupted goes on where it stopped: a correction that is there already is not made again.
  for (const { code, dose, names } of CORRECTIONS) {
    const person = PEOPLE.find((one) => one.code === code)!
    for (const [position, name] of names.entries()) {
      const { lineages } = await findLineages(context, caller, { preEnrollmentCode: code, dose })
      if (lineages[0]!.updatesUsed > position) continue
      const request = {
        ...requestFor(
          { ...person, name },
          person.doses.find((one) => one.dose === dose)!,
        ),
        reason: REASON,
      }
      await acceptUpdates(context, caller, [request], { door: 'v3', method: 'PUT', path: 'seed' })
    }
  }
}

/** Waits until the worker has issued everything. */
async function issued(): Promise<void> {
  const end = Date.now() + 120_000
  for (;;) {
    const waiting = await context.db.transaction.count({ where: { state: 'pending', callerId: caller.id } })
    if (waiting === 0) return
    if (Date.now() > end) throw new Error(`${waiting} example certificates are still not issued: is a worker running?`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
