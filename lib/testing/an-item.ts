/** One person to certify, as a source system sends it. */
import { randomBytes } from 'node:crypto'

/** A request item with a code nobody else has. */
export function anItem(name = 'Sarasvathy T K') {
  return {
    preEnrollmentCode: `J${randomBytes(5).toString('hex').toUpperCase()}`,
    recipient: {
      name,
      dob: '1957-01-30',
      gender: 'Female',
      nationality: 'Sri Lankan',
      identity: '571304456V',
      contact: ['tel:0771234567'],
    },
    vaccination: {
      name: 'Covishield',
      manufacturer: 'Serum Institute of India',
      batch: '4121MCO41',
      date: '2021-10-17T13:10',
      effectiveStart: '2021-10-31',
      effectiveUntil: '2030-10-31',
      dose: 1,
      totalDoses: 2,
    },
    vaccinator: { name: 'Bartjan Verduijn' },
    facility: { name: 'MOH Gothatuwa' },
  }
}
