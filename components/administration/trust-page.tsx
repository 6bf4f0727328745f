'use client'
/** All keys of other issuers that are, or were, trusted. */
import { useBroughtPage } from '@/components/brought'
import { Facts } from '@/components/ui/facts'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { TrustedIssuerView } from '@/lib/trust/answers'
import { Flag } from './flag'
import { List, ListRow } from './list'
import { trustWords } from './trust-words'
import { words } from './words'

export function TrustPage() {
  const brought = useBroughtPage('GET /v3/trust')
  return (
    <List
      brought={brought}
      name="trust"
      text={trustWords}
      count={trustWords.count}
      ask={(query) => call('GET /v3/trust', { query })}
      rowsOf={(page) => page.issuers}
      addHref="/administration/trust/new"
    >
      {(issuer) => <IssuerRow key={issuer.issuerId} issuer={issuer} />}
    </List>
  )
}

function IssuerRow({ issuer }: { issuer: TrustedIssuerView }) {
  const { issuerId, name, verificationMethod, algorithm, fingerprint, disabled } = issuer
  return (
    <ListRow
      href={`/administration/trust/${issuerId}`}
      name={<Value>{name}</Value>}
      flags={disabled && <Flag kind="disabled">{words.disabled}</Flag>}
    >
      <Facts className="text-sm text-ink-2">
        <span className="wrap-anywhere">
          <Value ltr>{verificationMethod}</Value>
        </span>
        <span>{trustWords.algorithm[algorithm]}</span>
        <span className="numbers">
          <Value ltr>{fingerprint.slice(0, 19)}</Value>
        </span>
      </Facts>
    </ListRow>
  )
}
