/** What the registry noticed about a correction: worth knowing, in nobody's way. */
import { Info } from 'lucide-react'
import { words } from '@/components/words'
import type { PreviewAnswer } from '@/lib/api/contract'

export function Noticed({ warnings, className = '' }: { warnings: PreviewAnswer['warnings']; className?: string }) {
  const sentences = [...new Set(warnings.map(({ message }) => message))]
  if (sentences.length === 0) return null
  return (
    <div role="status" className={`flex gap-3 border-t border-line bg-act-soft ${className}`}>
      <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-act" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-semibold">{words.check.noticed}</p>
        <ul className="mt-0.5 space-y-0.5 text-ink-2">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </div>
    </div>
  )
}
