/** Text for machines, as it is to be typed or as it comes. */
import { CopyButton } from './copy-button'
import { words } from './words'

interface CodeBlockProps {
  code: string
  /** Names the block for those who do not see where it stands. */
  label: string
  copy?: boolean
  /** Longer than this many pixels it scrolls. */
  className?: string
}

export function CodeBlock({ code, label, copy = true, className = '' }: CodeBlockProps) {
  return (
    <div className="relative rounded-sheet border border-line bg-desk">
      {/* It may scroll, so it can be reached with the keyboard. */}
      <pre
        role="group"
        aria-label={label}
        tabIndex={0}
        dir="ltr"
        className={`overflow-auto rounded-sheet px-4 py-3.5 font-mono text-[0.8125rem] leading-5.5 print:overflow-visible print:whitespace-pre-wrap ${copy ? 'pe-12' : ''} ${className}`}
      >
        <code>{code}</code>
      </pre>
      {copy && (
        <span className="absolute end-1.5 top-1.5">
          <CopyButton text={code} name={`${words.copy}: ${label}`} />
        </span>
      )}
    </div>
  )
}

/** A sentence in which what stands between backticks is code. */
export function Sentence({ text }: { text: string }) {
  return text.split('`').map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      <code key={at} dir="ltr" className="rounded-[4px] bg-desk px-1 py-0.5 font-mono text-[0.875em] wrap-anywhere">
        {part}
      </code>
    ),
  )
}
