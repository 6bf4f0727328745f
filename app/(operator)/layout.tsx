/** The frame of the operator's pages: nobody gets in without signing in. */
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { ChecksAlarm } from '@/components/checks/checks-alarm'
import { PAPER_COOKIE, SHORTCUT_COOKIE } from '@/components/header/preference-cookies'
import { SiteHeader } from '@/components/header/site-header'
import { Providers } from '@/components/providers'
import { RoleGate } from '@/components/roles/role-gate'
import { words } from '@/components/words'
import type { CurrentOperator } from '@/lib/auth/operator'
import { currentOperator } from '@/lib/auth/session'
import { ownCookieName } from '@/lib/auth/session-cookie'
import { publishedTypes } from '@/lib/certificate-types/live'
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import type { CertificateType } from '@/lib/certificate-types/type'
import { liveContext } from '@/lib/certificates/context'
import { offsetsAround, type ZoneOffsets } from '@/lib/certificates/time-zones'
import { config } from '@/lib/config'
import { Brought, wanted } from './brought'
import Broken from './error'

// With the scripts of the frame: in one of its own it is found late, and no page comes to life before it is there.
void Broken

/** Of the issuer: it begins to be out of date after years. */
let zone: ZoneOffsets | undefined

/** What the bar on top counts. */
const HEADER = [
  wanted('GET /v3/today/waiting'),
  wanted('GET /v3/recalls/waiting'),
  wanted('GET /v3/bulk/waiting'),
  wanted('GET /v3/approvals/waiting'),
  wanted('GET /v3/checks'),
]

export default async function OperatorLayout({ children }: { children: ReactNode }) {
  const operator = await currentOperator()
  if (!operator) redirect('/sign-in')
  if (operator.mustChangePassword) redirect('/password')
  if (operator.secondFactorDue) redirect('/second-factor')
  const stored = await cookies()
  const kept = (name: string) => stored.get(ownCookieName(name))?.value
  const place = {
    issuer: config().issuer.name,
    timeZone: config().issuer.timeZone,
    zone: (zone ??= offsetsAround(new Date(), config().issuer.timeZone)),
    operator: {
      name: operator.name,
      facility: whose(operator),
      roles: operator.roles,
      isEverywhere: operator.facilities === null,
      isDistrict: operator.district !== null,
    },
    paper: paperOf(kept(PAPER_COOKIE)) ?? config().paper,
    shortcuts: kept(SHORTCUT_COOKIE) !== 'off',
  }
  return (
    <Providers place={place} types={JSON.stringify(await typesInForce())}>
      <a
        href="#main"
        className="sr-only z-50 bg-sheet px-4 py-3 font-semibold text-act underline focus:not-sr-only focus:fixed focus:start-4 focus:top-2"
      >
        {words.skip}
      </a>
      {/* Beside the page, not around it: neither waits for the answers of the other. */}
      <Brought answers={HEADER}>
        <SiteHeader />
        <ChecksAlarm />
      </Brought>
      <main id="main" tabIndex={-1} className="mx-auto max-w-[76rem] px-4 py-6 focus-visible:shadow-none sm:px-8">
        <RoleGate>{children}</RoleGate>
      </main>
    </Providers>
  )
}

/** Vaccination first; without what only a signed certificate and files are made with, which is more than half of a type. */
async function typesInForce(): Promise<CertificateType[]> {
  const types = (await publishedTypes(liveContext())).map(({ type }) => forScreens(type))
  const isFirst = ({ name }: CertificateType) => Number(name === VACCINATION_TYPE)
  return types.sort((one, other) => isFirst(other) - isFirst(one))
}

function forScreens(type: CertificateType): CertificateType {
  const { certifyV3, certifyV2 } = type.forms
  const forms = {
    certifyV3: { ...certifyV3, credential: undefined },
    ...(certifyV2 ? { certifyV2: { ...certifyV2, credential: undefined } } : {}),
  }
  return { ...type, forms, credential2: undefined, csv: undefined, verify: [] }
}

function whose({ facility, district, facilities }: CurrentOperator): string {
  if (district !== null) return words.header.district(district)
  if (facility) return facility.name
  return facilities === null ? words.header.allFacilities : ''
}

function paperOf(cookie: string | undefined): 'a4' | 'us-letter' | null {
  return cookie === 'a4' || cookie === 'us-letter' ? cookie : null
}
