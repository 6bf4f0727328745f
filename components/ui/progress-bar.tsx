/** How far something is: in words, in per cent, and drawn. */

interface ProgressBarProps {
  label: string
  /** "12 of 40" */
  text: string
  at: number
  total: number
}

export function ProgressBar({ label, text, at, total }: ProgressBarProps) {
  const part = total === 0 ? 0 : at / total
  return (
    <>
      <p className="flex items-baseline justify-between gap-4 font-semibold">
        <span className="numbers">{text}</span>
        <span className="numbers text-ink-2">{Math.floor(part * 100)} %</span>
      </p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={at}
        aria-valuetext={text}
        className="mt-2 h-3 overflow-hidden rounded-full border border-edge bg-mute-soft"
      >
        <div className="h-full bg-act transition-[width] duration-500" style={{ width: `${part * 100}%` }} />
      </div>
    </>
  )
}
