'use client'
/** What was odd about an imported certificate where it came from. */
import { Info } from 'lucide-react'
import { grouped } from '@/components/grouped'
import { useType } from '@/components/type-in-force'
import { Value } from '@/components/ui/value'
import type { Version } from '@/lib/api/contract'
import { fieldsOf } from '@/lib/certificate-types/type'
import { importedWords as words } from './imported-words'

export function ImportedText({ imported: { findings } }: { imported: NonNullable<Version['imported']> }) {
  const type = useType()
  const labels = new Map(fieldsOf(type).map(({ path, label }) => [`/${path.replaceAll('.', '/')}`, label]))
  const sentences = findings.flatMap(({ code, about }) => {
    const named = [...new Set(about.map((one) => labels.get(one) ?? grouped(one.replace(/^\//, '')).join('\u00a0')))]
    return words.findings[code] ? [words.findings[code](named.join(', '))] : []
  })
  if (sentences.length === 0) return null
  return (
    <ul aria-label={words.title} className="mt-1 space-y-1">
      {sentences.map((sentence) => (
        <li key={sentence} className="flex items-start gap-2 text-sm text-ink-2">
          <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-act" />
          <Value>{sentence}</Value>
        </li>
      ))}
    </ul>
  )
}
