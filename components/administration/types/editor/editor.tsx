'use client'
/** The editor of a draft: the type on one side, what comes of it on the other. */
import { Undo2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Tabs } from 'radix-ui'
import { useMemo, useState } from 'react'
import { TextField } from '@/components/administration/form-parts'
import { useSaving } from '@/components/administration/use-saving'
import { Button, buttonClass } from '@/components/ui/button'
import { focusOn } from '@/components/ui/error-summary'
import { Link } from '@/components/ui/link'
import { PageHeading } from '@/components/ui/page-heading'
import { call } from '@/lib/api/call'
import { changed } from '@/lib/certificate-types/change'
import { declaredIn } from '@/lib/certificate-types/draft'
import type { TypeUse, VersionView } from '@/lib/type-checks/answers'
import { addressOfComparison, addressOfType, addressOfVersion, TYPES } from '../addresses'
import { useTypesChanged, useVersions } from '../use-type'
import { VersionState } from '../version-state'
import { words } from '../words'
import { ConflictPanel } from './conflict-panel'
import { DocumentPanel, type Showing } from './document-panel'
import { placeOf } from './place-of'
import { PreviewPanel } from './preview-panel'
import { ProblemsList } from './problems-list'
import { PublishDialog } from './publish-dialog'
import { TAB, TAB_LIST } from './tab-look'
import { UnsavedGuard } from './unsaved-guard'
import { useCheck, type Finding } from './use-check'
import { useEditing } from './use-editing'

/** Side by side where there is room, else one at a time. */
const HALF = 'min-w-0 max-lg:data-[state=inactive]:hidden'

/** `use`: what hangs on the versions of the type. */
export function Editor({ first, use }: { first: VersionView; use: TypeUse }) {
  const { name, version } = first
  const router = useRouter()
  const editing = useEditing(first)
  const { draft, keeping } = editing
  const checking = useCheck(name, draft)
  const versions = useVersions(name)
  const forgotten = useTypesChanged()
  const saving = useSaving({}, 'publish')
  const type = useMemo(() => declaredIn(draft), [draft])
  const [side, setSide] = useState('document')
  const [showing, setShowing] = useState<Showing>({
    tab: 'fields',
    field: null,
    list: null,
    file: 'type.json',
    goTo: null,
  })
  const [publishing, setPublishing] = useState(false)
  const inForce = versions.data?.versions.find(({ state }) => state === 'published')?.version ?? null
  const errors = checking.answer?.errors ?? []
  const ready = checking.answer !== null && errors.length === 0

  const go = ({ path }: Finding) => {
    const place = placeOf(path, type)
    setSide('document')
    setShowing({
      tab: place.tab,
      field: place.tab === 'fields' ? place.path : showing.field,
      list: place.tab === 'lists' ? place.list : null,
      file: place.tab === 'text' ? place.file : showing.file,
      goTo: place.tab === 'text' ? { pointer: place.pointer } : null,
    })
    if (place.tab === 'fields') requestAnimationFrame(() => focusOn(`row-${place.path}`))
  }
  const publish = () =>
    void saving.run(
      async () => {
        const checksum = await editing.flush()
        if (checksum === null) throw new Error('The draft is not kept.')
        return call('POST /v3/types/{name}/versions/{version}/publish', {
          params: { name, version },
          body: { checksum },
        })
      },
      () => {
        forgotten()
        router.push(`${addressOfType(name)}?published=${version}`)
      },
    )
  const keepAsNew = () =>
    void saving.run(
      () => call('POST /v3/types/{name}/versions', { params: { name }, body: { ...draft, note: editing.note } }),
      (made) => {
        forgotten()
        router.push(addressOfVersion(name, made.version))
      },
    )
  return (
    <>
      <PageHeading
        crumbs={[
          { key: 'list', label: words.title, href: TYPES },
          { key: 'type', label: name, href: addressOfType(name) },
        ]}
        title={words.editor.title(name, version)}
        tag={<VersionState state="draft" />}
        lead={
          <p
            role="status"
            className={
              keeping === 'kept' || keeping === 'saving' || keeping === 'waiting' ? '' : 'font-semibold text-stop'
            }
          >
            {words.editor.saving[keeping]}
          </p>
        }
        aside={
          <div className="flex flex-wrap gap-3">
            <Button disabled={!editing.undo} onClick={() => editing.undo?.()}>
              <Undo2 aria-hidden className="size-4" />
              {words.editor.undo}
            </Button>
            {keeping === 'failed' && <Button onClick={() => void editing.flush()}>{words.editor.saveNow}</Button>}
            <Button
              kind="main"
              disabled={!ready || !checking.fresh}
              onClick={() => {
                saving.fail([])
                setPublishing(true)
              }}
            >
              {words.editor.publish}
            </Button>
          </div>
        }
      />
      <UnsavedGuard unsaved={keeping !== 'kept'} flush={editing.flush} />
      <ConflictPanel editing={editing} onKeepAsNew={keepAsNew} busy={saving.busy} />
      <ProblemsList checking={checking} type={type} onGo={go} />
      <div className="mt-4 flex flex-wrap items-end justify-between gap-4">
        <div className="min-w-0 flex-[1_1_20rem] sm:max-w-xl">
          <TextField
            id="type-note"
            label={words.editor.note}
            hint={words.editor.noteHint}
            problems={[]}
            value={editing.note}
            onChange={editing.setNote}
          />
        </div>
        {inForce !== null && (
          <Link href={addressOfComparison(name, inForce, version)} className={buttonClass('quiet')}>
            {words.editor.compare}
          </Link>
        )}
      </div>
      <Tabs.Root value={side} onValueChange={setSide} className="mt-5">
        <Tabs.List aria-label={words.title} className={`sheet mb-4 lg:hidden ${TAB_LIST}`}>
          <Tabs.Trigger value="document" className={TAB}>
            {words.editor.document}
          </Tabs.Trigger>
          <Tabs.Trigger value="preview" className={TAB}>
            {words.editor.preview}
          </Tabs.Trigger>
        </Tabs.List>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Tabs.Content value="document" forceMount tabIndex={-1} className={HALF}>
            <section aria-label={words.editor.document}>
              <DocumentPanel
                draft={draft}
                type={type}
                errors={errors}
                showing={showing}
                setShowing={setShowing}
                put={editing.put}
                change={(change) => editing.put(changed(draft, change, use))}
              />
            </section>
          </Tabs.Content>
          <Tabs.Content
            value="preview"
            forceMount
            tabIndex={-1}
            className={`${HALF} lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto`}
          >
            <section aria-label={words.editor.preview}>
              <PreviewPanel
                name={name}
                version={version}
                checksum={editing.checksum}
                draft={draft}
                ready={ready}
                wrong={errors.length > 0}
                behind={keeping !== 'kept' || !checking.fresh}
                sizes={checking.answer?.sizes ?? null}
              />
            </section>
          </Tabs.Content>
        </div>
      </Tabs.Root>
      {publishing && (
        <PublishDialog
          name={name}
          version={version}
          draft={draft}
          inForce={inForce}
          use={use}
          warnings={checking.answer?.warnings ?? []}
          saving={saving}
          onPublish={publish}
          onClose={() => setPublishing(false)}
        />
      )}
    </>
  )
}
