'use client'
/** Some of the chosen certificates: what differs in their credentials, how large the QR codes are, how the page looks. */
import { PagePicture, pictureAddress } from '@/components/certificate/page-picture'
import { Button } from '@/components/ui/button'
import { Facts } from '@/components/ui/facts'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { CertificateNumber, Value } from '@/components/ui/value'
import { words as shared } from '@/components/words'
import { ApiError } from '@/lib/api/call'
import type { ReissueSample } from '@/lib/reissues/answers'
import { useSamples, type WantedReissue } from './use-reissues'
import { words } from './words'

const text = words.preview

export function SamplesPart({ wanted, codes }: { wanted: WantedReissue; codes: string[] }) {
  const asked = useSamples(wanted, codes)
  if (asked.isPending) {
    return (
      <div aria-busy>
        <span className="sr-only">{shared.loading}</span>
        <Skeleton className="h-64 w-full rounded-sheet" />
      </div>
    )
  }
  if (!asked.data) {
    const isRefused = asked.error instanceof ApiError && asked.error.status < 500
    return (
      <Notice kind="stop" live="alert" title={isRefused ? asked.error.message : words.unavailable}>
        <Button size="small" className="mt-2" onClick={() => void asked.refetch()}>
          {shared.retry}
        </Button>
      </Notice>
    )
  }
  const { samples } = asked.data
  if (samples.length === 0) return null
  return (
    <section aria-labelledby="samples" className="sheet px-5 py-6 sm:px-7">
      <h2 id="samples" className="text-lg">
        {text.samples}
      </h2>
      <p className="mt-1 text-[0.9375rem] text-ink-2">{text.samplesLead(samples.length)}</p>
      <ul className="mt-4 divide-y divide-line">
        {samples.map((sample) => (
          <li key={sample.certificateId} className="py-5 first:pt-0 last:pb-0">
            <Sample sample={sample} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Sample({ sample }: { sample: ReissueSample }) {
  const { certificateId, facility, typeVersion, fits, problems, shown, differences, qr, picture } = sample
  return (
    <div className="grid items-start gap-5 sm:grid-cols-[minmax(0,1fr)_10rem]">
      <div className={picture ? '' : 'sm:col-span-2'}>
        <h3 className="text-base">
          <CertificateNumber id={certificateId} strong />
        </h3>
        <Facts className="text-sm text-ink-2">
          <span>
            <Value>{text.sample(facility.name, typeVersion)}</Value>
          </span>
        </Facts>
        {!shown && <p className="mt-2 text-sm text-ink-2">{text.hidden}</p>}
        {!fits && (
          <div className="mt-2 text-[0.9375rem]">
            <p className="font-semibold text-stop">{text.unfit}</p>
            <ul className="list-disc ps-5">
              {problems.map(({ path, message }) => (
                <li key={`${path} ${message}`}>
                  <Value>{message}</Value>
                </li>
              ))}
            </ul>
          </div>
        )}
        {fits && differences.length === 0 && <p className="mt-2 text-[0.9375rem]">{text.same}</p>}
        {differences.length > 0 && <Differences sample={sample} />}
        {qr.after && (
          <p className="numbers mt-3 text-sm text-ink-2">
            {text.qr(qr.before.bytes, qr.after.bytes, qr.before.printMillimetres, qr.after.printMillimetres)}
          </p>
        )}
      </div>
      {picture && (
        <PagePicture
          src={pictureAddress(picture)}
          alt={text.picture(certificateId)}
          missing={text.pictureMissing}
          className="max-w-40"
        />
      )}
    </div>
  )
}

function Differences({ sample: { differences, shown } }: { sample: ReissueSample }) {
  return (
    <>
      <h4 className="mt-3 text-sm font-semibold">{text.differences}</h4>
      <ul className="mt-1 divide-y divide-line border-y border-line text-[0.9375rem]">
        {differences.map(({ form, path, kind, before, after }) => (
          <li key={`${form} ${path}`} className="py-2">
            <p className="text-sm text-ink-2">
              {text.forms[form]}:{' '}
              <bdi dir="ltr" className="wrap-anywhere text-ink">
                {path}
              </bdi>
              {', '}
              {text.kinds[kind]}
            </p>
            {shown && (
              <p className="wrap-anywhere">
                {before !== null && (
                  <del className="me-2 text-stop">
                    <Value>{before}</Value>
                  </del>
                )}
                {after !== null && (
                  <ins className="text-ok no-underline">
                    <Value>{after}</Value>
                  </ins>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
