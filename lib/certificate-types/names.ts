/** The types that addresses of DIVOC's speak of. */

/** What /v1, /v3 and the certify topic are about. */
export const VACCINATION_TYPE = 'VaccinationCertificate'
/** What /v1/test/certify is about. */
export const TEST_TYPE = 'TestCertificate'
