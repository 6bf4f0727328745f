/** A value somebody typed, whatever its script: kept apart from the direction of the text around it. */
import { grouped } from '@/components/grouped'

/** A value of a record. `ltr` for codes and dates, which are left to right in every language. */
export function Value({ children, ltr = false }: { children: string; ltr?: boolean }) {
  return <bdi dir={ltr ? 'ltr' : 'auto'}>{children}</bdi>
}

/** A certificate number in groups of three. The gaps are only drawn: what is read aloud, found and copied has none. */
export function CertificateNumber({ id, strong = false }: { id: string; strong?: boolean }) {
  const groups = grouped(id)
  return (
    <bdi dir="ltr" className={`numbers whitespace-nowrap ${strong ? 'font-semibold' : ''}`}>
      {groups.map((group, index) => (
        <span key={index}>
          {group.slice(0, -1)}
          {/* Spacing of the letter, not a margin: the line below a link goes through. */}
          <span className={index < groups.length - 1 ? 'tracking-[0.28em]' : undefined}>{group.slice(-1)}</span>
        </span>
      ))}
    </bdi>
  )
}
