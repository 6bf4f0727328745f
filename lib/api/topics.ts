/** Under which heading of the documentation an endpoint stands. */
import { contract } from './contract'
import type { Endpoint } from './endpoint'
import { administration } from './rows/administration'
import { approvalRows } from './rows/approvals'
import { audits } from './rows/audit'
import { bulk } from './rows/bulk'
import { checkRows } from './rows/checks'
import { confirmation } from './rows/confirmation'
import { desk } from './rows/desk'
import { developers } from './rows/developers'
import { doses } from './rows/doses'
import { holders } from './rows/holders'
import { identity } from './rows/identity'
import { keys } from './rows/keys'
import { openings } from './rows/openings'
import { operations } from './rows/operations'
import { otherTypes } from './rows/other-types'
import { printing } from './rows/printing'
import { recalls } from './rows/recalls'
import { reissues } from './rows/reissues'
import { revocation } from './rows/revocation'
import { sandbox } from './rows/sandbox'
import { statusLists } from './rows/status-lists'
import { trust } from './rows/trust'
import { types } from './rows/types'
import { v1 } from './rows/v1'
import { vcApi } from './rows/vc-api'
import { vcCertification } from './rows/vc-certification'
import { vcManagement } from './rows/vc-management'
import { verification } from './rows/verification'
import { webhookRows } from './rows/webhooks'

interface Topic {
  name: string
  description: string
  rows: readonly Endpoint[]
}

const { certify, updateCertificates, transaction, lineages, certificate, certificateFile } = contract
const { revoked, didDocument, contextDocument, preview, openApi, ping, health, ready, metrics } = contract
const { registryRow, latestPdf, latestPdfHead, latestQr } = contract

/** The headings in their order, each with its endpoints. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'Certify and update',
    description: 'Issue certificates, correct them, follow what was accepted until it is issued.',
    rows: [certify, updateCertificates, ...rowsOf(otherTypes), transaction],
  },
  {
    name: 'Read certificates',
    description: 'Find a certificate and get it in any of its forms.',
    rows: [lineages, certificate, certificateFile],
  },
  {
    name: 'Verify',
    description: 'What anyone may ask about a certificate: nothing personal is sent or answered.',
    rows: [
      ...rowsOf(verification),
      ...rowsOf(statusLists),
      ...rowsOf(keys),
      ...rowsOf(trust),
      revoked,
      didDocument,
      contextDocument,
    ],
  },
  {
    name: 'Revoke and suspend',
    description: 'A certificate that must no longer count: at once, for a while, or many of them together.',
    rows: [...rowsOf(revocation), ...rowsOf(recalls)],
  },
  {
    name: 'Second person',
    description:
      'Corrections that a supervisor has to approve, as the certificate type says, and updates beyond the limit.',
    rows: rowsOf(approvalRows),
  },
  {
    name: 'Bulk',
    description:
      'Files of new certificates or corrections, and one correction for all certificates of a session. Tokens are accepted at the addresses of DIVOC alone.',
    rows: rowsOf(bulk).filter(({ path }) => !path.startsWith('/divoc/')),
  },
  {
    name: 'Certificate types',
    description:
      'What certificates are about: fields, credential and page as one versioned document, changed by administrators while everything runs.',
    rows: rowsOf(types),
  },
  {
    name: 'Re-issue',
    description:
      'Issued certificates made anew under the version of their type in force: the same content, a new page, QR code or key. No update is spent.',
    rows: rowsOf(reissues),
  },
  {
    name: 'VC API',
    description:
      'Issue and check credentials of VC Data Model 2.0 as the W3C community describes it, for clients that may.',
    rows: rowsOf(vcApi),
  },
  {
    name: 'VC API of DIVOC 3.0',
    description:
      'Certificates of any type, one at a time, at the addresses and with the answers of DIVOC’s VC services.',
    rows: rowsOf(vcCertification),
  },
  {
    name: 'Schemas of DIVOC 3.0',
    description:
      'Certificate types and their words at the addresses of DIVOC’s management service, for source systems with the scope "types". People have screens for them.',
    rows: rowsOf(vcManagement),
  },
  {
    name: 'Holders',
    description: 'Links with which people look at their own certificate, and what they do there.',
    rows: [...rowsOf(holders), ...rowsOf(confirmation)],
  },
  {
    name: 'Your own calls',
    description: 'What a developer needs to find out why a call was refused.',
    rows: rowsOf(developers),
  },
  {
    name: 'Sandbox',
    description:
      'The token of a sandbox client makes test certificates: apart from the real ones, signed with a test key, watermarked, told to no other system. All other endpoints work with it as with any token.',
    rows: rowsOf(sandbox),
  },
  {
    name: 'First generation (V1)',
    description: "DIVOC's first certify and update, for systems that still speak it.",
    rows: rowsOf(v1),
  },
  {
    name: 'As DIVOC',
    description: 'The same operations at the addresses of DIVOC. They answer as DIVOC does where that differs.',
    rows: [
      ...Object.values(contract as Record<string, Endpoint>).filter((row) => row.path.startsWith('/divoc/')),
      registryRow,
      latestPdf,
      latestPdfHead,
      latestQr,
    ],
  },
  {
    name: 'Screens',
    description: 'What the screens of the operators use. Tokens are not accepted here, unless it says otherwise.',
    rows: [preview, ...rowsOf(desk), ...rowsOf(doses), ...rowsOf(openings), ...rowsOf(printing)],
  },
  {
    name: 'Administration',
    description: 'What the screens of the administrators use. Tokens are not accepted here.',
    rows: [...rowsOf(administration), ...rowsOf(checkRows), ...rowsOf(identity)],
  },
  {
    name: 'What waits and what failed',
    description:
      'What waits to be issued, what is held up, what failed, and doing something about it. Tokens are not accepted here.',
    rows: rowsOf(operations),
  },
  {
    name: 'Webhooks',
    description: 'Signed messages to source systems about what happens to certificates, and the log of their delivery.',
    rows: rowsOf(webhookRows),
  },
  {
    name: 'Audit log',
    description: 'Who did, read and was refused what, and how anybody can tell that nothing in it was changed.',
    rows: rowsOf(audits),
  },
  { name: 'Service', description: 'Is it up, and what can it do?', rows: [openApi, ping, health, ready, metrics] },
]

/** The heading of an endpoint; the last one for what nobody put under any. */
export function topicOf(row: Endpoint): string {
  const topic = TOPICS.find(({ rows }) => rows.some((one) => one.operation === row.operation))
  return (topic ?? TOPICS.at(-1)!).name
}

function rowsOf(rows: Record<string, Endpoint>): Endpoint[] {
  return Object.values(rows)
}
