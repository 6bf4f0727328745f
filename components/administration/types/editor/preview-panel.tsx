'use client'
/** How certificates of a version look: the form, the credential, the QR code, the pages. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { usePlace } from '@/components/place'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { call } from '@/lib/api/call'
import type { Draft } from '@/lib/certificate-types/draft'
import type { CheckAnswer, TypePreview } from '@/lib/type-checks/answers'
import { words } from '../words'
import { FormPreview } from './form-preview'
import { PagesPreview } from './pages-preview'
import { QrPreview } from './qr-preview'
import { TAB, TAB_LIST } from './tab-look'

interface PreviewPanelProps {
  name: string
  version: number
  /** Of the version as it is kept; another one is another preview. */
  checksum: string
  draft: Draft
  /** Whether a preview can be asked for. */
  ready: boolean
  /** Whether the check found errors: then there is no other preview to wait for. */
  wrong: boolean
  /** What was changed is not kept or not checked yet. */
  behind: boolean
  sizes: CheckAnswer['sizes']
}

const TAB_NAMES = ['form', 'credential', 'qr', 'pages'] as const

export function PreviewPanel({ name, version, checksum, draft, ready, wrong, behind, sizes }: PreviewPanelProps) {
  const [paper, setPaper] = useState(usePlace().paper)
  const asked = useQuery({
    queryKey: ['type-preview', name, version, checksum, paper],
    queryFn: () =>
      call('POST /v3/types/{name}/versions/{version}/preview', { params: { name, version }, body: { paper } }),
    enabled: ready && !behind,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: 1,
  })
  const preview = asked.data
  const old = behind || !ready || asked.isFetching || asked.isError
  return (
    <Tabs.Root defaultValue="form" className="sheet min-w-0">
      <Tabs.List aria-label={words.editor.preview} className={TAB_LIST}>
        {TAB_NAMES.map((tab) => (
          <Tabs.Trigger key={tab} value={tab} className={TAB}>
            {words.preview.tabs[tab]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <p role="status" className="min-h-9 px-5 pt-3 text-xs text-ink-3">
        {stateOf({ wrong, asked, behind, preview })}
      </p>
      {asked.isError && ready && <Notice kind="warn" title={words.preview.unavailable} className="mx-5 mt-2" />}
      <Tabs.Content value="form">
        <FormPreview draft={draft} record={preview?.record} />
      </Tabs.Content>
      {(['credential', 'qr', 'pages'] as const).map((tab) => (
        <Tabs.Content key={tab} value={tab} className={`transition-opacity ${old && preview ? 'opacity-60' : ''}`}>
          {!preview ? (
            <div className="p-5">
              <Skeleton className="h-72 w-full rounded-sheet" />
            </div>
          ) : tab === 'credential' ? (
            <CredentialPreview credential={preview.credential} />
          ) : tab === 'qr' ? (
            <QrPreview qr={preview.qr} sizes={sizes} />
          ) : (
            <PagesPreview preview={preview} paper={paper} setPaper={setPaper} />
          )}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}

interface Standing {
  wrong: boolean
  behind: boolean
  asked: { isFetching: boolean; isError: boolean }
  preview: TypePreview | undefined
}

function stateOf({ wrong, behind, asked, preview }: Standing): string {
  if (wrong) return words.preview.wrong
  if (asked.isError) return preview ? words.preview.stale : ''
  if (asked.isFetching || !preview) return words.preview.loading
  return behind ? words.preview.stale : words.preview.sample
}

function CredentialPreview({ credential }: { credential: string }) {
  return (
    <pre
      dir="ltr"
      tabIndex={0}
      role="region"
      aria-label={words.preview.credential}
      className="max-h-[70vh] overflow-auto px-5 pb-5 font-mono text-xs leading-5 break-words whitespace-pre-wrap"
    >
      {JSON.stringify(JSON.parse(credential), null, 2)}
    </pre>
  )
}
