'use client'
/** Two versions of a type: what differs in words, and line by line. */
import { useSearchParams } from 'next/navigation'
import { useMemo } from 'react'
import { Loaded } from '@/components/administration/loaded'
import { PageHeading } from '@/components/ui/page-heading'
import { differences } from '@/lib/certificate-types/compare'
import { jsonText } from '@/lib/certificate-types/json-text'
import type { VersionView } from '@/lib/type-checks/answers'
import { addressOfType, TYPES } from './addresses'
import { DifferencesList } from './differences-list'
import { LinesOfFile, readable } from './lines-of-file'
import { useVersion } from './use-type'
import { words } from './words'

export function ComparePage({ name }: { name: string }) {
  const query = useSearchParams()
  const from = useVersion(name, numberIn(query.get('from')))
  const to = useVersion(name, numberIn(query.get('to')))
  const back = addressOfType(name)
  return (
    <Loaded asked={from} listHref={back}>
      {(before) => (
        <Loaded asked={to} listHref={back}>
          {(after) => <Comparison before={before} after={after} />}
        </Loaded>
      )}
    </Loaded>
  )
}

function Comparison({ before, after }: { before: VersionView; after: VersionView }) {
  const found = useMemo(() => differences(before, after), [before, after])
  const files = useMemo(() => textsOf(before, after), [before, after])
  return (
    <>
      <PageHeading
        crumbs={[
          { key: 'list', label: words.title, href: TYPES },
          { key: 'type', label: before.name, href: addressOfType(before.name) },
        ]}
        title={words.compare.title}
        lead={
          <>
            {words.type.version(before.version)} → {words.type.version(after.version)}
          </>
        }
      />
      <section aria-labelledby="in-words" className="sheet mt-6 px-5 py-5 sm:px-7">
        <h2 id="in-words" className="mb-3 text-lg">
          {words.compare.inWords}
        </h2>
        <DifferencesList found={found} />
      </section>
      {files.length > 0 && (
        <section aria-labelledby="in-lines" className="mt-6 space-y-4">
          <h2 id="in-lines" className="text-lg">
            {words.compare.inLines}
          </h2>
          <p className="text-sm text-ink-3">{words.compare.legend}</p>
          {files.map((file) => (
            <LinesOfFile key={file.name} {...file} />
          ))}
        </section>
      )}
    </>
  )
}

/** The texts that differ; type.json as it would be written today, so that only what it says is compared. */
function textsOf(before: VersionView, after: VersionView) {
  const names = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])].sort()
  const said = (files: Record<string, string>, name: string) =>
    files[name] === undefined ? null : readable(name, files[name])
  const all = [
    { name: 'type.json', before: rewritten(before.document), after: rewritten(after.document) },
    ...names
      .filter((name) => !name.endsWith('.png'))
      .map((name) => ({ name, before: said(before.files, name), after: said(after.files, name) })),
  ]
  return all.filter((file) => file.before !== file.after)
}

function rewritten(document: string): string {
  const { name: _name, version: _version, ...rest } = JSON.parse(document) as Record<string, unknown>
  return jsonText(rest)
}

function numberIn(text: string | null): number {
  return /^\d{1,7}$/.test(text ?? '') ? Number(text) : 0
}
