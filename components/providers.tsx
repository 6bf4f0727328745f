'use client'
/** What all operator pages share: answers of the registry in memory, the correction in progress, place and person. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useMemo, useState, type ReactNode } from 'react'
import { ApiError, NetworkError } from '@/lib/api/call'
import type { CertificateType } from '@/lib/certificate-types/type'
import { ArrivalFocus } from './arrival-focus'
import { DraftsProvider } from './drafts/drafts-provider'
import { FlowProvider } from './flow'
import { IdleGuard } from './idle/idle-guard'
import { KeysProvider } from './keys/keys-provider'
import { ProofGuard } from './proof/proof-guard'
import { PlaceProvider, type Place } from './place'
import { TypeProvider } from './type-in-force'

interface ProvidersProps {
  place: Place
  /** The certificate types in force as JSON, that of pages about no record first. As text they cost a page little to carry. */
  types: string
  children: ReactNode
}

export function Providers({ place, types, children }: ProvidersProps) {
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // A refusal stays one however often it is asked; only what got lost on the way is asked again.
            retry: (times, error) =>
              times < 2 && (error instanceof NetworkError || (error instanceof ApiError && error.status === 503)),
            retryDelay: (times) => 400 * 2 ** times,
            networkMode: 'always',
          },
        },
      }),
  )
  const first = useMemo(() => JSON.parse(types) as CertificateType[], [types])
  return (
    <QueryClientProvider client={queries}>
      <PlaceProvider place={place}>
        <TypeProvider first={first}>
          <FlowProvider>
            <KeysProvider>
              <DraftsProvider>
                <IdleGuard>
                  <ProofGuard>{children}</ProofGuard>
                  <ArrivalFocus />
                </IdleGuard>
              </DraftsProvider>
            </KeysProvider>
          </FlowProvider>
        </TypeProvider>
      </PlaceProvider>
    </QueryClientProvider>
  )
}
