/** Who is in the example data. Nobody here is real. */

export interface Dose {
  dose: number
  totalDoses: number
  date: string
  batch: string
}

export interface Person {
  code: string
  name: string
  dob?: string
  age?: string
  gender?: string
  nationality: string
  identity: string
  contact: string[]
  address?: Record<string, string>
  vaccine: { name: string; manufacturer: string }
  vaccinator: string
  facility: { name: string; address?: Record<string, string> }
  doses: Dose[]
}

export const FACILITIES = [
  { code: 'GOT', name: 'MOH Gothatuwa', aliases: ['MOH Gothatuwa', 'MOH Office Gothatuwa'] },
  { code: 'MAH', name: 'Maharagama MOH Office', aliases: ['Maharagama MOH Office', 'මහරගම සෞඛ්‍ය කාර්යාලය'] },
  { code: 'KOR', name: 'Koramangala Health Centre', aliases: ['Koramangala Health Centre', 'ABCD Medical Center'] },
]

const gothatuwa = { name: 'MOH Gothatuwa' }
const maharagama = {
  name: 'Maharagama MOH Office',
  address: {
    addressLine1: 'High Level Road',
    district: 'Colombo',
    state: 'Western Province',
    pincode: '10280',
    country: 'LK',
  },
}
const koramangala = {
  name: 'Koramangala Health Centre',
  address: {
    addressLine1: '80 Feet Road',
    district: 'Bengaluru South',
    state: 'Karnataka',
    pincode: '560034',
    country: 'IN',
  },
}
const covishield = { name: 'Covishield', manufacturer: 'Serum Institute of India' }
const covaxin = { name: 'Covaxin', manufacturer: 'Bharat Biotech' }
const comirnaty = { name: 'Comirnaty', manufacturer: 'Pfizer' }

const first = (batch: string, date = '2021-10-17T13:10'): Dose => ({ dose: 1, totalDoses: 2, date, batch })
const second = (batch: string, date = '2022-01-14T09:40'): Dose => ({ dose: 2, totalDoses: 2, date, batch })
const booster = (batch: string, date = '2022-08-02T11:05'): Dose => ({ dose: 3, totalDoses: 2, date, batch })

export const PEOPLE: Person[] = [
  {
    code: '987456126',
    name: 'Jon Doe',
    dob: '1987-04-21',
    nationality: 'Dutch',
    identity: '872550100V',
    contact: ['tel:1691742639'],
    vaccine: covishield,
    vaccinator: 'Bartjan Verduijn',
    facility: gothatuwa,
    doses: [first('41202025')],
  },
  {
    code: '987456127',
    name: 'Sarasvathy T K',
    dob: '1957-01-30',
    gender: 'Female',
    nationality: 'Indian',
    identity: '111122224456',
    contact: ['tel:+94771234501', 'mailto:saraswathy@example.org'],
    address: {
      addressLine1: 'No. 45/2, පන්සල පාර',
      city: 'මහරගම',
      district: 'Colombo',
      state: 'Western Province',
      pincode: '10280',
    },
    vaccine: covishield,
    vaccinator: 'Nadeesha Perera',
    facility: maharagama,
    doses: [first('4121MCO41'), second('4122MC017'), booster('4130MC220')],
  },
  {
    code: 'R101',
    name: 'නිමල් පෙරේරා',
    dob: '1994-11-30',
    gender: 'Male',
    nationality: 'Sri Lankan',
    identity: '199433500123',
    contact: ['tel:+94771234502'],
    address: {
      addressLine1: 'නො. 12, විහාර මාවත',
      city: 'පුත්තලම',
      district: 'පුත්තලම',
      state: 'වයඹ පළාත',
      pincode: '61300',
    },
    vaccine: comirnaty,
    vaccinator: 'සුනේත්‍රා සිල්වා',
    facility: maharagama,
    doses: [first('FD7204'), second('FE1573')],
  },
  {
    code: 'R102',
    name: 'प्रिया शर्मा',
    dob: '1990-09-14',
    gender: 'Female',
    nationality: 'Indian',
    identity: 'did:in.gov.uidai.aadhaar:11112222334',
    contact: ['tel:+919845012345'],
    address: { addressLine1: '१२३, महात्मा गांधी मार्ग', district: 'बेंगलुरु दक्षिण', state: 'कर्नाटक', pincode: '560033' },
    vaccine: covaxin,
    vaccinator: 'Sooraj Singh',
    facility: koramangala,
    doses: [first('AB348FS', '2021-06-12T19:21:19.646Z'), second('AB991FS', '2021-07-12T19:21:19.646Z')],
  },
  {
    code: 'R103',
    name: 'فاطمة الزهراء محمد',
    dob: '1979-02-03',
    gender: 'Female',
    nationality: 'Egyptian',
    identity: 'A21994417',
    contact: ['tel:+201001234567'],
    address: { addressLine1: 'شارع النيل 12', district: 'القاهرة', state: 'القاهرة', pincode: '11511', country: 'EG' },
    vaccine: comirnaty,
    vaccinator: 'محمد بن سلمان',
    facility: maharagama,
    doses: [first('FF2153')],
  },
  {
    code: 'R104',
    name: 'Maria da Conceição Araújo',
    dob: '1968-12-01',
    gender: 'Female',
    nationality: 'Portuguese',
    identity: 'P441209',
    contact: ['mailto:maria.araujo@example.org'],
    vaccine: comirnaty,
    vaccinator: 'Nadeesha Perera',
    facility: gothatuwa,
    doses: [first('FD0922'), second('FE8405')],
  },
  {
    code: 'R105',
    name: 'Kumaran Selvam',
    age: '64',
    gender: 'Male',
    nationality: 'Sri Lankan',
    identity: 'NA',
    contact: ['tel:+94771234505'],
    vaccine: covishield,
    vaccinator: 'Nadeesha Perera',
    facility: gothatuwa,
    doses: [first('4121MC033')],
  },
  {
    code: 'R106',
    name: 'Khilarai Devi',
    dob: '1983-07-19',
    gender: 'Female',
    nationality: 'Indian',
    identity: '998877665544',
    contact: ['tel:+919845067890'],
    vaccine: covaxin,
    vaccinator: 'Sooraj Singh',
    facility: koramangala,
    doses: [first('AB350FS')],
  },
  {
    code: 'R107',
    name: 'Søren Kjær-Ødegård',
    dob: '2001-05-17',
    gender: 'Male',
    nationality: 'Danish',
    identity: '170501-1234',
    contact: ['tel:+4520123456'],
    vaccine: comirnaty,
    vaccinator: 'Bartjan Verduijn',
    facility: gothatuwa,
    doses: [first('FD7204'), second('FE1573'), booster('FJ1966')],
  },
  {
    code: 'R108',
    name: 'අනුරාධා විජේසිංහ',
    dob: '1975-03-08',
    gender: 'Female',
    nationality: 'Sri Lankan',
    identity: '755680123V',
    contact: ['tel:+94771234508'],
    vaccine: covishield,
    vaccinator: 'සුනේත්‍රා සිල්වා',
    facility: gothatuwa,
    doses: [first('4121MC040'), second('4122MC019')],
  },
  {
    code: 'R109',
    name: 'राम प्रसाद यादव',
    dob: '1949-08-15',
    gender: 'Male',
    nationality: 'Indian',
    identity: '445566778899',
    contact: ['tel:+919845011122'],
    vaccine: covaxin,
    vaccinator: 'Sooraj Singh',
    facility: koramangala,
    doses: [first('AB348FS'), second('AB991FS')],
  },
  {
    code: 'R110',
    name: 'Anna-Maria O’Brien',
    dob: '1996-10-25',
    gender: 'Female',
    nationality: 'Irish',
    identity: 'PX8812345',
    contact: ['mailto:anna@example.org'],
    vaccine: comirnaty,
    vaccinator: 'Nadeesha Perera',
    facility: maharagama,
    doses: [first('FF2153')],
  },
]

/** Corrections of names, in order. R106 has used them all. */
export const CORRECTIONS = [
  { code: '987456127', dose: 2, names: ['Sarasvati T K', 'Saraswathy T K'] },
  { code: 'R106', dose: 1, names: ['Khilari Dev', 'Khilari Devi', 'Khillari Devi', 'Kilari Devi', 'Khilari Devi'] },
  { code: 'R104', dose: 1, names: ['Maria da Conceição Araújo Lima'] },
]

/** The certification request of one dose, as a source system would send it. */
export function requestFor(person: Person, dose: Dose): Record<string, unknown> {
  const { code, vaccine, vaccinator, facility, doses: _doses, ...recipient } = person
  const day = new Date(`${dose.date.slice(0, 10)}T00:00:00Z`)
  const later = (days: number) => new Date(day.getTime() + days * 86_400_000).toISOString().slice(0, 10)
  return {
    preEnrollmentCode: code,
    recipient,
    vaccination: { ...vaccine, ...dose, effectiveStart: later(14), effectiveUntil: later(14 + 365) },
    vaccinator: { name: vaccinator },
    facility,
  }
}
