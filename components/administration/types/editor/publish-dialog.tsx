'use client'
/** Before a version comes into force: what changes, and for whom. */
import { Dialog } from 'radix-ui'
import { useQuery } from '@tanstack/react-query'
import { ErrorSummary } from '@/components/ui/error-summary'
import { Button, buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import type { Saving } from '@/components/administration/use-saving'
import { call } from '@/lib/api/call'
import { differences, isSame, newlyRequired } from '@/lib/certificate-types/compare'
import type { Draft } from '@/lib/certificate-types/draft'
import type { TypeUse } from '@/lib/type-checks/answers'
import { DifferencesList } from '../differences-list'
import { words } from '../words'
import type { Finding } from './use-check'

interface PublishDialogProps {
  name: string
  version: number
  draft: Draft
  /** The version in force; null: none yet. */
  inForce: number | null
  use: TypeUse
  warnings: Finding[]
  saving: Saving
  onPublish: () => void
  onClose: () => void
}

export function PublishDialog(props: PublishDialogProps) {
  const { name, version, draft, inForce, use, warnings, saving, onPublish, onClose } = props
  const before = useQuery({
    queryKey: ['type-version', name, inForce],
    queryFn: () => call('GET /v3/types/{name}/versions/{version}', { params: { name, version: inForce! } }),
    enabled: inForce !== null,
  })
  const required = before.data ? newlyRequired(before.data, draft) : []
  const nothingNew = before.data !== undefined && isSame(before.data, draft)
  const issued = use.versions.reduce((sum, { current }) => sum + current, 0)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[#0b1016]/55" />
        <Dialog.Content
          onInteractOutside={(event) => event.preventDefault()}
          className="sheet fixed top-1/2 left-1/2 z-40 flex max-h-[92vh] w-[min(94vw,44rem)] -translate-1/2 flex-col shadow-lift"
        >
          <div tabIndex={0} className="min-h-0 flex-1 space-y-5 overflow-y-auto p-6">
            <div>
              <Dialog.Title className="font-serif text-xl leading-snug font-semibold">
                {words.publish.title(version)}
              </Dialog.Title>
              <Dialog.Description className="mt-2 text-ink-2">{words.publish.lead}</Dialog.Description>
            </div>
            <div id="publish" tabIndex={-1} className="empty:hidden">
              <ErrorSummary problems={saving.problems} turn={saving.turn} />
            </div>
            <section aria-labelledby="publish-whom">
              <h3 id="publish-whom" className="font-semibold">
                {words.publish.forWhom}
              </h3>
              <ul className="mt-1.5 list-disc space-y-1 ps-5">
                {inForce === null && <li>{words.publish.first}</li>}
                {required.length > 0 && (
                  <li className="font-semibold">{words.publish.required(required.join(', '))}</li>
                )}
                {issued > 0 && <li>{words.publish.kept(issued)}</li>}
              </ul>
            </section>
            {warnings.map(({ message }, index) => (
              <Notice key={index} kind="warn" title={message} />
            ))}
            {inForce !== null && (
              <section aria-labelledby="publish-changes">
                <h3 id="publish-changes" className="mb-2 font-semibold">
                  {words.publish.changes}
                </h3>
                {before.data ? (
                  <DifferencesList found={differences(before.data, draft)} />
                ) : (
                  <Skeleton className="h-24 w-full rounded-sheet" />
                )}
              </section>
            )}
          </div>
          <div className="flex justify-end gap-3 border-t border-line px-6 py-4 max-sm:flex-col-reverse">
            <Dialog.Close className={buttonClass('second')}>{words.publish.cancel}</Dialog.Close>
            {!nothingNew && (
              <Button kind="main" busy={saving.busy} onClick={onPublish}>
                {words.publish.submit}
              </Button>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
