'use client'
/** Everything the screens ask the registry, through the same public endpoints as everyone else. */
import { useQueries, useQuery, type UseQueryOptions, type UseQueryResult } from '@tanstack/react-query'
import { useBrought } from '@/components/brought'
import { addressOf, ApiError, call, NetworkError } from '@/lib/api/call'
import type { CertificateView, DosesAnswer, ItemResult, TransactionView } from '@/lib/api/contract'

/** The code of a refusal; "UNREACHABLE" when no answer came, "" when the error is something else. */
export function codeOf(error: unknown): string {
  return error instanceof NetworkError ? 'UNREACHABLE' : error instanceof ApiError ? error.body.code : ''
}

/** One certificate with its lineage; asked again every second and a half while an update of the dose is being signed. */
export function useCertificate(certificateId: string): UseQueryResult<CertificateView> {
  const brought = useBrought('GET /v3/certificates/{certificateId}', { params: { certificateId } })
  return useQuery({
    ...brought,
    queryKey: ['certificate', certificateId],
    queryFn: () => readCertificate(certificateId),
    refetchInterval: (query) => (query.state.data && query.state.data.lineage.updatesPending > 0 ? 1500 : false),
  })
}

/** One certificate with its lineage. */
export function readCertificate(certificateId: string): Promise<CertificateView> {
  return call('GET /v3/certificates/{certificateId}', { params: { certificateId } })
}

/** One accepted update on its way; asked again until it is issued or failed. */
export function useTransaction(transactionId: string): UseQueryResult<TransactionView> {
  return useQuery(transactionQuery(transactionId))
}

/** Several accepted updates on their way, in the order of their ids. */
export function useTransactions(transactionIds: string[]): UseQueryResult<TransactionView>[] {
  return useQueries({ queries: transactionIds.map(transactionQuery) })
}

function transactionQuery(transactionId: string): UseQueryOptions<TransactionView> {
  return {
    queryKey: ['transaction', transactionId],
    queryFn: () => call('GET /v3/transactions/{transactionId}', { params: { transactionId } }),
    refetchInterval: (query) => (query.state.data?.state === 'pending' ? 600 : false),
    refetchIntervalInBackground: true,
  }
}

/** All doses of the person whom a certificate belongs to; asked again while one of them is being signed. */
export function usePersonDoses(certificateId: string, enabled = true): UseQueryResult<DosesAnswer> {
  return useQuery({
    queryKey: ['doses', certificateId],
    queryFn: () => call('GET /v3/certificates/{certificateId}/doses', { params: { certificateId } }),
    enabled,
    refetchInterval: ({ state }) => (state.data?.doses.some((dose) => dose.blocked === 'being_issued') ? 1500 : false),
    staleTime: 0,
    gcTime: 0,
  })
}

/** A certificate that is to be replaced, and the request item that replaces it. */
export interface Replacement {
  certificateId: string
  item: unknown
}

/**
 * Asks to replace certificates, all of them or none. Their numbers are those the operator started from: where a newer one
 * was accepted meanwhile, the registry refuses with STALE_VERSION for that item. The same `attempt` is never carried out
 * twice. With a confirmation of the holder it refuses with NOT_CONFIRMED what the holder has not seen.
 */
export async function replaceCertificates(
  type: string,
  replacements: Replacement[],
  attempt: string,
  confirmationId: string | null,
): Promise<ItemResult[]> {
  const confirmation = confirmationId === null ? {} : { 'holder-confirmation': confirmationId }
  const ifMatch = replacements.map(({ certificateId }) => `"${certificateId}"`).join(', ')
  const answer = await call('PUT /v4/{entityType}/certificate', {
    params: { entityType: type },
    body: replacements.map(({ item }) => item),
    headers: { 'if-match': ifMatch, 'idempotency-key': attempt, ...confirmation },
  })
  return answer.results
}

/** Asks a supervisor for one update more than the limit. The same `attempt` is never carried out twice. */
export async function askForOneMore(
  { certificateId, item }: Replacement,
  note: string,
  attempt: string,
): Promise<ItemResult[]> {
  const answer = await call('POST /v3/approvals', {
    body: { certificateId, item, note },
    headers: { 'idempotency-key': attempt },
  })
  return answer.results
}

/** A key for one attempt: 128 random bits. randomUUID exists only on secure origins, and facility networks are not always that. */
export function newAttempt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A random UUID (version 4), also where the browser's own is missing for the same reason. */
export function newUuid(): string {
  const digits = newAttempt().split('')
  digits[12] = '4'
  digits[16] = '89ab'[parseInt(digits[16]!, 16) % 4]!
  return digits.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Where a certificate's documents are. */
export const documentOf = {
  pdf: (certificateId: string) => fileOf(certificateId, 'pdf'),
  credential: (certificateId: string) => fileOf(certificateId, 'vc.json'),
  page: (certificateId: string) => fileOf(certificateId, 'page.svg'),
  qr: (certificateId: string) => fileOf(certificateId, 'svg'),
}

function fileOf(certificateId: string, extension: 'pdf' | 'svg' | 'page.svg' | 'vc.json'): string {
  return addressOf('GET /v3/certificates/{certificateId}.{extension}', { params: { certificateId, extension } })
}
