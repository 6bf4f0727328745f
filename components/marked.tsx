/** A value with its removed or added characters marked: struck through or underlined, and named for those who do not see it. */
import type { Segment } from '@/lib/certificates/diff'

interface MarkedProps {
  segments: Segment[]
  as: 'ins' | 'del'
  /** For codes and dates, which are left to right in every language. */
  ltr?: boolean
}

export function Marked({ segments, as: Mark, ltr = false }: MarkedProps) {
  return (
    <bdi dir={ltr ? 'ltr' : 'auto'} className="whitespace-pre-wrap">
      {segments.map(({ text, changed }, index) =>
        changed ? (
          <Mark key={index} className={text.trim() === '' ? 'px-[0.12em]' : undefined}>
            {text.trim() === '' ? '\u2423' : text}
          </Mark>
        ) : (
          <span key={index}>{text}</span>
        ),
      )}
    </bdi>
  )
}
