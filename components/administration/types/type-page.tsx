'use client'
/** One certificate type: its versions, and what can be done with them. */
import { Copy, RefreshCw } from 'lucide-react'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { ActionOutcome } from '@/components/administration/action-outcome'
import { ConfirmDialog, type Question } from '@/components/administration/confirm-dialog'
import { Loaded } from '@/components/administration/loaded'
import { useSaving } from '@/components/administration/use-saving'
import { useTypes } from '@/components/type-in-force'
import { Button, buttonClass } from '@/components/ui/button'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { ProblemPage } from '@/components/ui/problem-page'
import { Value } from '@/components/ui/value'
import { call } from '@/lib/api/call'
import type { VersionHeading } from '@/lib/type-checks/answers'
import { addressOfVersion, TYPES } from './addresses'
import { CompareForm } from './compare-form'
import { useCertificatesByVersion, useTypesChanged, useVersions } from './use-type'
import { VersionRow } from './version-row'
import { words } from './words'

export function TypePage({ name }: { name: string }) {
  return (
    <Loaded asked={useVersions(name)} listHref={TYPES}>
      {({ versions }) =>
        versions.length === 0 ? (
          <ProblemPage
            title={words.type.gone}
            actions={
              <Link href={TYPES} className={buttonClass('second')}>
                {words.title}
              </Link>
            }
          >
            <p>{words.lead}</p>
          </ProblemPage>
        ) : (
          <Type name={name} versions={versions} />
        )
      }
    </Loaded>
  )
}

function Type({ name, versions }: { name: string; versions: VersionHeading[] }) {
  const router = useRouter()
  const published = useSearchParams().get('published')
  const [said, setSaid] = useState(published === null ? '' : words.type.publishedDone(Number(published)))
  const [question, setQuestion] = useState<Question | null>(null)
  const saving = useSaving({}, 'type-actions')
  const changed = useTypesChanged()
  const certificates = useCertificatesByVersion(name)
  const inForce = versions.find(({ state }) => state === 'published')
  const title = useTypes().get(name)?.title
  const begin = (from: number) =>
    void saving.run(
      async () => {
        const { document, files } = await call('GET /v3/types/{name}/versions/{version}', {
          params: { name, version: from },
        })
        const body = { document, files, note: words.type.from(from) }
        return call('POST /v3/types/{name}/versions', { params: { name }, body })
      },
      ({ version }) => {
        changed()
        router.push(addressOfVersion(name, version))
      },
    )
  const done = (sentence: string) => () => {
    changed()
    setSaid(sentence)
  }
  const discard = ({ version }: VersionHeading) =>
    setQuestion({
      title: words.type.discardTitle(version),
      body: words.type.discardBody,
      action: words.type.discard,
      onConfirm: () =>
        void saving.run(
          () => call('DELETE /v3/types/{name}/versions/{version}', { params: { name, version } }),
          done(words.type.discarded(version)),
        ),
    })
  const goBack = ({ version, checksum }: VersionHeading) =>
    setQuestion({
      title: words.type.backTitle(version),
      body: words.type.backBody(version, inForce?.version ?? 0),
      action: words.type.back,
      onConfirm: () =>
        void saving.run(
          () =>
            call('POST /v3/types/{name}/versions/{version}/publish', { params: { name, version }, body: { checksum } }),
          done(words.type.backDone(version)),
        ),
    })
  return (
    <>
      <PageHeading
        crumbs={[{ key: 'list', label: words.title, href: TYPES }]}
        title={<Value>{title ?? name}</Value>}
        lead={title && <Value ltr>{name}</Value>}
        aside={
          inForce && (
            <Button kind="main" busy={saving.busy} onClick={() => begin(inForce.version)} className="max-sm:w-full">
              {words.type.edit}
            </Button>
          )
        }
      />
      <ActionOutcome id="type-actions" said={said} saving={saving} />
      <section aria-labelledby="versions" className="mt-6">
        <h2 id="versions" className="text-lg">
          {words.type.versions}
        </h2>
        <p className="text-sm text-ink-3">{words.type.currentHint}</p>
        <ul className="sheet mt-3 divide-y divide-line">
          {versions.map((version) => (
            <VersionRow
              key={version.version}
              version={version}
              current={certificates && (certificates.get(version.version) ?? 0)}
              busy={saving.busy}
              onBegin={() => begin(version.version)}
              onDiscard={() => discard(version)}
              onGoBack={() => goBack(version)}
            />
          ))}
        </ul>
      </section>
      {versions.length > 1 && <CompareForm name={name} versions={versions} />}
      {inForce && (
        <div className="mt-6 flex flex-wrap gap-3">
          <Link href={`${TYPES}/new?of=${encodeURIComponent(name)}`} className={buttonClass('second')}>
            <Copy aria-hidden className="size-4" />
            {words.type.copy}
          </Link>
          <Link
            href={`/administration/reissues/new?type=${encodeURIComponent(name)}`}
            className={`${buttonClass('second')} max-sm:whitespace-normal`}
          >
            <RefreshCw aria-hidden className="size-4 shrink-0" />
            {words.type.reissue}
          </Link>
        </div>
      )}
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </>
  )
}
