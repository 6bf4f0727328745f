'use client'
/** Everything the screens ask the registry, through the same public endpoints as everyone else. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { addressOf, ApiError, call, NetworkError } from '@/lib/api/call'
import {
  contract,
  type CertificateView,
  type ItemResult,
  type LineageView,
  type PreviewAnswer,
  type TransactionView,
} from '@/lib/api/contract'

/** The code of a refusal; "UNREACHABLE" when no answer came, "" when the error is something else. */
export function codeOf(error: unknown): string {
  return error instanceof NetworkError ? 'UNREACHABLE' : error instanceof ApiError ? error.body.code : ''
}

/** What an operator typed to find a certificate, in the order in which it is tried. */
export type Attempt = { preEnrollmentCode: string; dose?: number } | { certificateId: string }

/** As typed, then without spaces, then CODE-DOSE, then as a certificate number. */
export function attemptsFor(typed: string): Attempt[] {
  const text = typed.trim()
  const solid = text.replaceAll(/\s/gu, '')
  const dosed = /^(.+)-(\d{1,3})$/u.exec(solid)
  const attempts: Attempt[] = [{ preEnrollmentCode: text }]
  if (solid !== text) attempts.push({ preEnrollmentCode: solid })
  if (dosed) attempts.push({ preEnrollmentCode: dosed[1]!, dose: Number(dosed[2]) })
  if (/^\d{6,}$/.test(solid)) attempts.push({ certificateId: solid })
  return attempts
}

/** All doses that belong to what was typed; empty when there are none. Throws the refusal of the first attempt that found something closed. */
export async function findLineages(typed: string): Promise<LineageView[]> {
  for (const attempt of attemptsFor(typed)) {
    if ('certificateId' in attempt) {
      const found = await orNothing(readCertificate(attempt.certificateId))
      if (found) return [found.lineage]
    } else {
      const { lineages } = await call(contract.lineages, { query: attempt })
      if (lineages.length > 0) return lineages
    }
  }
  return []
}

/** One certificate with its lineage; asked again every second and a half while an update of the dose is being signed. */
export function useCertificate(certificateId: string): UseQueryResult<CertificateView> {
  return useQuery({
    queryKey: ['certificate', certificateId],
    queryFn: () => readCertificate(certificateId),
    refetchInterval: (query) => (query.state.data && query.state.data.lineage.updatesPending > 0 ? 1500 : false),
  })
}

/** One certificate with its lineage. */
export function readCertificate(certificateId: string): Promise<CertificateView> {
  return call(contract.certificate, { params: { certificateId } })
}

/** One accepted update on its way; asked again until it is issued or failed. */
export function useTransaction(transactionId: string): UseQueryResult<TransactionView> {
  return useQuery({
    queryKey: ['transaction', transactionId],
    queryFn: () => call(contract.transaction, { params: { transactionId } }),
    refetchInterval: (query) => (query.state.data?.state === 'pending' ? 600 : false),
    refetchIntervalInBackground: true,
  })
}

/** The QR code and the pages a record would get. Keeps the last answer while the next one is made. */
export function usePreview(item: unknown, certificateId: string, enabled: boolean): UseQueryResult<PreviewAnswer> {
  return useQuery({
    queryKey: ['preview', certificateId, item],
    queryFn: ({ signal }) => call(contract.preview, { body: { item, certificateId, want: ['pictures'] }, signal }),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
  })
}

/**
 * Asks to replace a certificate. `certificateId` is the one the operator started from: when a newer one was accepted
 * meanwhile, the registry refuses with STALE_VERSION. The same `attempt` is never carried out twice. With a confirmation
 * of the holder it refuses with NOT_CONFIRMED what the holder has not seen.
 */
export async function replaceCertificate(
  item: unknown,
  certificateId: string,
  attempt: string,
  confirmationId: string | null,
): Promise<ItemResult> {
  const confirmation = confirmationId === null ? {} : { 'holder-confirmation': confirmationId }
  const answer = await call(contract.updateCertificates, {
    body: [item],
    headers: { 'if-match': `"${certificateId}"`, 'idempotency-key': attempt, ...confirmation },
  })
  return answer.results[0]!
}

/** A key for one attempt: 128 random bits. randomUUID exists only on secure origins, and facility networks are not always that. */
export function newAttempt(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Where a certificate's documents are. */
export const documentOf = {
  pdf: (certificateId: string) => fileOf(certificateId, 'pdf'),
  page: (certificateId: string) => fileOf(certificateId, 'page.svg'),
  qr: (certificateId: string) => fileOf(certificateId, 'svg'),
}

function fileOf(certificateId: string, extension: 'pdf' | 'svg' | 'page.svg'): string {
  return addressOf(contract.certificateFile, { params: { certificateId, extension } })
}

async function orNothing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null
    throw error
  }
}
