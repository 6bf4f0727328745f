/** Parts of a page of the documentation, each under its anchor. */
import type { ReactNode } from 'react'
import { Sentence } from './code-block'
import { Heading } from './heading'

interface SectionProps {
  anchor: string
  title: string
  lead?: string
  children: ReactNode
}

export function Section({ anchor, title, lead, children }: SectionProps) {
  return (
    <section id={anchor} className="mt-14 scroll-mt-20">
      <Heading level={2} anchor={anchor} title={title} />
      {lead && (
        <p className="mt-1.5 max-w-[44rem] text-ink-2">
          <Sentence text={lead} />
        </p>
      )}
      <div className="mt-6 space-y-10">{children}</div>
    </section>
  )
}

interface StepProps {
  anchor: string
  title: string
  text: string[]
  children?: ReactNode
}

/** A part with some paragraphs below a section. */
export function Step({ anchor, title, text, children }: StepProps) {
  return (
    <section id={anchor} className="scroll-mt-20">
      <Heading level={3} anchor={anchor} title={title} />
      {text.map((paragraph) => (
        <p key={paragraph} className="mt-2 mb-3 max-w-[44rem] text-ink-2">
          <Sentence text={paragraph} />
        </p>
      ))}
      {children}
    </section>
  )
}
