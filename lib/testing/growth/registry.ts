/** What a large registry looks like: people, their doses, corrections, and what became of the certificates. Pure. */
import type { CertificateRecord } from '@/lib/certificates/record'
import { byPowerLaw, type Draws } from './draws'

export const FACILITIES = 2000
export const DISTRICTS = 100
export const CLIENTS = 200

/** How long the registry has been growing. */
export const DAYS = 720

/** Shares of what happens. Corrections: 1.3 certificates a lineage. */
const ONE_MORE_CORRECTION = 0.235
const REVOKED = 0.003
const SUSPENDED = 0.001
const NOT_ISSUED = 0.001

const DAY_MS = 86_400_000

export interface Version {
  record: CertificateRecord
  acceptedAt: Date
  /** Made at a screen, not by a source system. */
  onScreen: boolean
}

export interface Event {
  code: string
  dose: number
  facility: number
  client: number
  versions: Version[]
  /** What became of the last version. */
  end: { state: 'revoked' | 'suspended'; at: Date } | null
  /** An update that could not be issued. */
  failedAt: Date | null
}

const facilityOf = byPowerLaw(FACILITIES)
const batchOf = byPowerLaw(150)

const GIVEN =
  'Amara Asha Bilal Chandra Deepa Dilani Esther Fatima Gopal Hamid Ines Jomo Kamala Lakshmi Malik Nadia Omar Priya Rajan Ruth Sam Saraswathy Tariq Usha Vimala Yusuf Zainab අමල नीता فاطمة அருண் ሰላም'.split(
    ' ',
  )
const FAMILY =
  'Abebe Banda Bandara Chowdhury Das Fernando Ghosh Haddad Iyer Jayasuriya Khan Kumar Mensah Mwangi Nair Okafor Patel Perera Rahman Rao Reddy Sharma Silva Singh Tadesse Thapa Wijesinghe Yadav සිල්වා शर्मा حداد குமார்'.split(
    ' ',
  )
const VACCINES = [
  { name: 'Covishield', manufacturer: 'Serum Institute of India' },
  { name: 'Covaxin', manufacturer: 'Bharat Biotech' },
  { name: 'Comirnaty', manufacturer: 'Pfizer' },
] as const
const TOWNS = ['Udaipur', 'Kandy', 'Colombo South', 'Bengaluru South', 'Galle', 'Nairobi West', 'Jaffna', 'Accra']

export function facilityCode(facility: number): string {
  return `F${String(facility).padStart(4, '0')}`
}

export function facilityName(facility: number): string {
  return `Health centre ${facility} ${TOWNS[facility % TOWNS.length]}`
}

export function districtOf(facility: number): string {
  return `District ${facility % DISTRICTS}`
}

/** The events of one person: one to three doses, each with its certificates. `from` and `now` bound when they happen. */
export function personOf(draws: Draws, code: string, from: Date, now: Date): Event[] {
  const vaccine = draws.oneOf(VACCINES)
  const recipient = recipientOf(draws)
  const facility = facilityOf(draws)
  const doses = draws.happens(0.35) ? 1 : draws.happens(0.85) ? 2 : 3
  return Array.from({ length: doses }, (_, index) => {
    // Most people come back to the same place.
    const at = draws.happens(0.85) ? facility : facilityOf(draws)
    return eventOf(draws, { code, dose: index + 1, facility: at, vaccine, recipient }, from, now)
  })
}

interface Given {
  code: string
  dose: number
  facility: number
  vaccine: (typeof VACCINES)[number]
  recipient: CertificateRecord['recipient']
}

function eventOf(draws: Draws, given: Given, from: Date, now: Date): Event {
  const certified = new Date(Math.min(from.getTime() + draws.below(DAY_MS), now.getTime()))
  const versions = [{ record: recordOf(draws, given, certified), acceptedAt: certified, onScreen: false }]
  while (versions.length <= 5 && draws.happens(ONE_MORE_CORRECTION)) {
    const before = versions.at(-1)!
    // Mistakes are found within weeks.
    const acceptedAt = new Date(before.acceptedAt.getTime() + 60_000 - Math.log(1 - draws.next()) * 20 * DAY_MS)
    if (acceptedAt > now) break
    versions.push({ record: corrected(draws, before.record), acceptedAt, onScreen: draws.happens(0.6) })
  }
  const later = new Date(versions.at(-1)!.acceptedAt.getTime() + draws.below(30 * DAY_MS))
  const state = draws.happens(REVOKED) ? ('revoked' as const) : draws.happens(SUSPENDED) ? ('suspended' as const) : null
  const failed = draws.happens(NOT_ISSUED)
  return {
    code: given.code,
    dose: given.dose,
    facility: given.facility,
    client: draws.below(CLIENTS),
    versions,
    end: state && later < now ? { state, at: later } : null,
    failedAt: failed && later < now ? later : null,
  }
}

function recipientOf(draws: Draws): CertificateRecord['recipient'] {
  const dob = new Date(Date.UTC(1930, 0, 1) + draws.below(90 * 365) * DAY_MS).toISOString().slice(0, 10)
  return {
    name: `${draws.oneOf(GIVEN)} ${draws.oneOf(FAMILY)} ${draws.oneOf(FAMILY)}`,
    dob,
    gender: draws.oneOf(['Female', 'Male', 'Female', 'Male', 'Other']),
    nationality: 'India',
    identity: String(100_000_000_000 + draws.below(900_000_000_000)),
    contact: [`tel:${6_000_000_000 + draws.below(3_999_999_999)}`],
    address: addressOf(draws),
  }
}

function addressOf(draws: Draws) {
  const addressLine1 = `${1 + draws.below(400)}, Lake Road`
  const pincode = String(100_000 + draws.below(800_000))
  return { addressLine1, district: draws.oneOf(TOWNS), state: 'Rajasthan', pincode }
}

function recordOf(draws: Draws, { code, dose, facility, vaccine, recipient }: Given, at: Date): CertificateRecord {
  const day = (days: number) => new Date(at.getTime() + days * DAY_MS).toISOString().slice(0, 10)
  return {
    preEnrollmentCode: code,
    recipient,
    vaccination: {
      ...vaccine,
      batch: `${vaccine.name.slice(0, 3).toUpperCase()}${1000 + batchOf(draws)}`,
      date: at.toISOString(),
      effectiveStart: day(0),
      effectiveUntil: day(365),
      dose,
      totalDoses: 2,
    },
    vaccinator: { name: `${draws.oneOf(GIVEN)} ${draws.oneOf(FAMILY)}` },
    facility: {
      name: facilityName(facility),
      address: {
        addressLine1: '1, Hospital Street',
        district: districtOf(facility),
        state: 'Rajasthan',
        pincode: '313001',
      },
    },
  }
}

/** The usual mistakes: a name, a date of birth, a batch, a number. */
function corrected(draws: Draws, record: CertificateRecord): CertificateRecord {
  const { recipient, vaccination } = record
  const which = draws.next()
  if (which < 0.6) return { ...record, recipient: { ...recipient, name: `${recipient.name} ${draws.oneOf(FAMILY)}` } }
  if (which < 0.8)
    return { ...record, recipient: { ...recipient, dob: `19${30 + draws.below(69)}-0${1 + draws.below(9)}-11` } }
  if (which < 0.9) return { ...record, vaccination: { ...vaccination, batch: `COV${1000 + batchOf(draws)}` } }
  return { ...record, recipient: { ...recipient, identity: String(100_000_000_000 + draws.below(900_000_000_000)) } }
}
