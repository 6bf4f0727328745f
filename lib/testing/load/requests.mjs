/** What the load is made of: vaccination records of people who do not exist, certified once and corrected again and again. */

/**
 * @param {string} code the pre-enrolment code
 * @param {string} name
 */
export function record(code, name) {
  return {
    preEnrollmentCode: code,
    recipient: {
      name,
      dob: '1987-06-15',
      gender: 'Female',
      nationality: 'LK',
      identity: `did:in.gov.uidai.aadhaar:${code}`,
      contact: [],
      address: { addressLine1: '12 Lake Road', district: 'Colombo', state: 'Western', pincode: '00100' },
    },
    vaccination: {
      name: 'COVISHIELD',
      batch: 'MB3428BX',
      manufacturer: 'Serum Institute',
      date: '2026-03-02T09:30:00.000Z',
      effectiveStart: '2026-03-02',
      effectiveUntil: '2027-03-02',
      dose: 1,
      totalDoses: 2,
    },
    vaccinator: { name: 'A. Silva' },
    facility: {
      name: 'Lake Road Clinic',
      address: { addressLine1: '1 Lake Road', district: 'Colombo', state: 'Western', pincode: '00100' },
    },
  }
}

/** A name that no other number has, in letters and digits that every font ships. */
export function nameOf(number) {
  return `Person ${number.toString(36).toUpperCase()}`
}
