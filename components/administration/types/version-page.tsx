'use client'
/** One version: a draft is edited, any other is looked at. */
import { Loaded } from '@/components/administration/loaded'
import { PageHeading } from '@/components/ui/page-heading'
import { Value } from '@/components/ui/value'
import type { VersionView } from '@/lib/type-checks/answers'
import { addressOfType, TYPES } from './addresses'
import { Editor } from './editor/editor'
import { PreviewPanel } from './editor/preview-panel'
import { useCheck } from './editor/use-check'
import { useTypeUse, useVersion } from './use-type'
import { VersionState } from './version-state'
import { words } from './words'

export function VersionPage({ name, version }: { name: string; version: number }) {
  const back = addressOfType(name)
  const use = useTypeUse(name)
  return (
    <Loaded asked={useVersion(name, version)} listHref={back}>
      {(found) =>
        found.state !== 'draft' ? (
          <Look version={found} />
        ) : (
          <Loaded asked={use} listHref={back}>
            {(known) => <Editor first={found} use={known} />}
          </Loaded>
        )
      }
    </Loaded>
  )
}

function Look({ version: found }: { version: VersionView }) {
  const { name, version, state, checksum, note } = found
  const { answer } = useCheck(name, found)
  return (
    <>
      <PageHeading
        crumbs={[
          { key: 'list', label: words.title, href: TYPES },
          { key: 'type', label: name, href: addressOfType(name) },
        ]}
        title={words.type.version(version)}
        tag={<VersionState state={state} />}
        lead={note && <Value>{note}</Value>}
      />
      <div className="mx-auto mt-6 max-w-3xl">
        <PreviewPanel
          name={name}
          version={version}
          checksum={checksum}
          draft={found}
          ready
          wrong={false}
          behind={false}
          sizes={answer?.sizes ?? null}
        />
      </div>
    </>
  )
}
