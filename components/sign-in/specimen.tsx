/** What the product does, as a picture: a proofread line on a sheet of paper. */
import { words } from '@/components/words'

export function Specimen() {
  const { before, removed, added, after } = words.signIn.specimen
  return (
    <div
      aria-hidden
      className="relative hidden place-items-center overflow-hidden border-s border-line bg-desk p-12 select-none desk:grid"
    >
      <div className="relative w-full max-w-md">
        <div className="absolute inset-0 translate-x-5 translate-y-5 rotate-2 rounded-[3px] bg-sheet opacity-60 shadow-sheet" />
        <div className="relative rounded-[3px] bg-sheet px-10 pt-12 pb-10 shadow-lift">
          <div className="mb-10 flex items-start justify-between gap-8">
            <div className="flex-1 space-y-2.5 pt-1">
              <div className="h-2 w-24 rounded-full bg-line-strong" />
              <div className="h-2 w-40 rounded-full bg-line" />
            </div>
            <QrMotif />
          </div>
          <p className="font-serif text-[2.375rem] leading-tight tracking-tight whitespace-nowrap">
            {before}
            <span className="relative inline-block text-ink-3">
              {removed}
              <svg viewBox="0 0 20 20" className="absolute inset-[14%_0%] text-mend" fill="none" stroke="currentColor">
                <path d="M2 14 18 7" strokeWidth="2.4" strokeLinecap="round" />
              </svg>
            </span>
            <span className="relative inline-block w-0 align-baseline">
              <span className="absolute -start-[0.36em] -top-[2.05em] text-[1.75rem] leading-none font-semibold text-mend italic">
                {added}
              </span>
              <svg
                viewBox="0 0 12 9"
                className="absolute -start-[0.24em] top-[0.06em] w-[0.36em] text-mend"
                fill="none"
                stroke="currentColor"
                strokeWidth="1.8"
                strokeLinecap="round"
                strokeLinejoin="round"
              >
                <path d="M1.6 7.4 6 1.8l4.4 5.6" />
              </svg>
            </span>
            {after}
          </p>
          <div className="mt-8 space-y-3.5">
            {['w-52', 'w-44', 'w-56', 'w-36'].map((width) => (
              <div key={width} className="flex gap-5">
                <div className="h-2 w-16 rounded-full bg-line" />
                <div className={`h-2 rounded-full bg-line-strong ${width}`} />
              </div>
            ))}
          </div>
          <div className="mt-12 h-px bg-line" />
          <div className="mt-4 h-1.5 w-44 rounded-full bg-line" />
        </div>
      </div>
    </div>
  )
}

/** The corner marks and a few modules; it carries nothing. */
function QrMotif() {
  const corner = (x: number, y: number) => `M${x} ${y}h7v7h-7zM${x + 1} ${y + 1}v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`
  let dots = ''
  for (let y = 0; y < 21; y++) {
    for (let x = 0; x < 21; x++) {
      const inCorner = (x < 8 && y < 8) || (x > 12 && y < 8) || (x < 8 && y > 12)
      if (!inCorner && (((x + 3) * 73856093) ^ ((y + 7) * 19349663)) % 7 < 3) dots += `M${x} ${y}h1v1h-1z`
    }
  }
  return (
    <svg viewBox="0 0 21 21" className="w-24 shrink-0 text-ink" fill="currentColor" shapeRendering="crispEdges">
      <path fillRule="evenodd" d={corner(0, 0) + corner(14, 0) + corner(0, 14) + dots} />
    </svg>
  )
}
