/** Request bodies as DIVOC's documentation shows them, for our own documentation and tests. */

/** From the page on certificate configuration: dose 2 of 2 with a programme, and a key (`uhid`) that no field uses. */
export const certifyExample = [
  {
    preEnrollmentCode: '62',
    recipient: {
      name: 'Sam',
      uhid: 'abc2232',
      dob: '1990-09-14',
      age: '31',
      gender: 'Male',
      nationality: 'India',
      identity: 'did:in.gov.uidai.aadhaar:11112222334',
      contact: ['tel:1111111313'],
      address: {
        addressLine1: '123, Koramangala',
        addressLine2: '',
        district: 'Bengaluru South',
        state: 'bihar',
        pincode: '560033',
      },
    },
    vaccination: {
      name: 'covaxin',
      batch: 'AB348FS',
      manufacturer: 'Bharat Biotech',
      date: '2021-07-12T19:21:19.646Z',
      effectiveStart: '2021-07-12',
      effectiveUntil: '2021-08-12',
      dose: 2,
      totalDoses: 2,
    },
    vaccinator: { name: 'Sooraj Singh' },
    facility: {
      name: 'ABCD Medical Center',
      address: {
        addressLine1: '123, Koramangala',
        addressLine2: '',
        district: 'Bengaluru South',
        state: 'Karnataka',
        pincode: '560033',
      },
    },
    programId: '6ce74c0f-b1b5-4b20-9fa2-084acbbd857a',
    meta: {},
  },
]

/** From the page on the update API: a date-time without seconds and zone, a facility without address. */
export const updateExample = [
  {
    preEnrollmentCode: '987456126',
    recipient: {
      name: 'John Doe',
      dob: '1987-04-21',
      nationality: 'Dutch',
      identity: '872550100V',
      contact: ['tel:1691742639'],
    },
    vaccination: {
      name: 'Covishield',
      batch: '41202025',
      manufacturer: 'astrazeneca',
      date: '2021-10-17T13:10',
      effectiveStart: '2021-10-25',
      effectiveUntil: '2022-10-24',
      dose: 1,
      totalDoses: 2,
    },
    vaccinator: { name: 'Bartjan Verduijn' },
    facility: { name: 'MOH Gothatuwa' },
  },
]

/** A test result as DIVOC's request has it. */
export const testExample = [
  {
    preEnrollmentCode: '440816',
    recipient: {
      name: 'Meera Joshi',
      dob: '1979-02-17',
      gender: 'Female',
      nationality: 'Indian',
      identity: 'did:in.gov.uidai.aadhaar:440815220017',
      contact: ['tel:4408152200'],
    },
    testDetails: {
      disease: 'COVID-19',
      testType: 'RT-PCR',
      testName: 'TaqPath COVID-19 Combo Kit',
      manufacturer: 'Thermo Fisher Scientific',
      sampleOrigin: 'Nasopharyngeal swab',
      sampleCollectionTimestamp: '2021-07-05T08:20:00Z',
      resultTimestamp: '2021-07-05T19:45:00Z',
      result: 'Negative',
    },
    verifier: { name: 'Anil Verma' },
    facility: {
      name: 'District Laboratory Udaipur',
      address: {
        addressLine1: 'Main Road',
        district: 'Udaipur',
        state: 'Rajasthan',
        pincode: '313011',
        country: 'IND',
      },
    },
  },
]

/** The same with the result corrected. */
export const testUpdateExample = testExample.map((record) => ({
  ...record,
  testDetails: { ...record.testDetails, result: 'Positive' },
}))

/** A request of the first generation: vaccinator, gender and both addresses are required. */
export const certifyV1Example = [
  {
    preEnrollmentCode: '440815',
    enrollmentType: 'PRE_ENRL',
    recipient: {
      name: 'Meera Joshi',
      dob: '1979-02-17',
      gender: 'Female',
      nationality: 'Indian',
      identity: 'did:in.gov.uidai.aadhaar:440815220017',
      contact: ['tel:4408152200'],
      address: {
        addressLine1: '12, Lake Road',
        addressLine2: 'Ward 4',
        district: 'Udaipur',
        state: 'Rajasthan',
        pincode: '313001',
      },
    },
    vaccination: {
      name: 'COVISHIELD',
      batch: '4120Z025',
      manufacturer: 'Serum Institute of India',
      date: '2021-03-11T08:45:00.000Z',
      effectiveStart: '2021-03-11',
      effectiveUntil: '2021-06-11',
      dose: 1,
      totalDoses: 2,
    },
    vaccinator: { name: 'Anil Verma' },
    facility: {
      name: 'Primary Health Centre Badgaon',
      address: { addressLine1: 'Main Road', district: 'Udaipur', state: 'Rajasthan', pincode: '313011' },
    },
    comorbidities: [],
  },
]

/** The same record with the name corrected. */
export const updateV1Example = certifyV1Example.map((record) => ({
  ...record,
  recipient: { ...record.recipient, name: 'Meera Jyoshi' },
}))

/** From the page on updating with the VC API of DIVOC 3.0: the payload of a health professional, with what it replaces. */
export const entityExample = {
  name: 'Neha',
  dob: '1991-11-29',
  registrationId: '12345-8',
  gender: 'female',
  registrationCouncil: 'Karnataka',
  latestQualification: 'PostGraduate',
  university: 'Delhi University',
  degreeYear: '2019',
  systemOfMedicine: 'Ayurveda',
  registrationDate: '2023-01-09',
  registrationExpiry: '2025-09-09',
  issuer: 'http://www.india.gov.in',
  issuedOn: '2023-09-09',
  validFrom: '2023-09-09T21:01:01.121Z',
  validTill: '2025-09-09T21:01:01.121Z',
  issuanceDate: '2023-09-09T21:01:01.121Z',
  certificateId: '614894628867',
}
