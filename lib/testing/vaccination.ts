/** The type of vaccination certificates as it is shipped, for tests of what is read from a type. */
import vaccination from '@/lib/certificate-types/VaccinationCertificate/type.json'
import { declaration } from '@/lib/certificate-types/declaration'
import type { CertificateType } from '@/lib/certificate-types/type'

export const VACCINATION: CertificateType = declaration.parse(vaccination)
