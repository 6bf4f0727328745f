'use client'
/** The numbers a certificate can be moved to; those that are taken say why. */
import { Notice } from '@/components/ui/notice'
import { words } from '@/components/words'
import type { Target } from './targets'
import { moveWords } from './words'

interface TargetChoiceProps {
  targets: Target[]
  total: number
  chosen: number | null
  onChoose: (dose: number) => void
  wrong: boolean
}

export function TargetChoice({ targets, total, chosen, onChoose, wrong }: TargetChoiceProps) {
  const free = targets.filter(({ blocked }) => blocked === null)
  const swapped = targets.some(({ blocked }) => blocked === 'taken')
  return (
    <>
      <fieldset aria-describedby={wrong ? 'move-target-error' : undefined}>
        <legend className="text-sm font-semibold">{moveWords.which}</legend>
        {wrong && (
          <p id="move-target-error" className="text-sm font-semibold text-stop">
            {moveWords.targetMissing}
          </p>
        )}
        <div className="mt-2 grid gap-2 sm:grid-cols-2">
          {targets.map(({ dose, blocked, freeAgain }) => (
            <label
              key={dose}
              className={`flex min-h-11 items-start gap-3 rounded-control border px-4 py-2.5 ${
                blocked
                  ? 'border-line bg-mute-soft text-ink-2'
                  : chosen === dose
                    ? 'border-act bg-act-soft'
                    : 'border-edge'
              }`}
            >
              <input
                type="radio"
                id={dose === free[0]?.dose ? 'move-target' : undefined}
                name="move-target"
                value={dose}
                disabled={blocked !== null}
                checked={blocked === null && chosen === dose}
                onChange={() => onChoose(dose)}
                className={`mt-1 size-[1.125rem] shrink-0 appearance-none rounded-full border bg-sheet checked:border-[5.5px] checked:border-act disabled:opacity-60 ${wrong ? 'border-stop' : 'border-edge'}`}
              />
              <span className="min-w-0">
                <span className="font-semibold">{words.dose(dose, total)}</span>
                <span className="block text-sm text-ink-2">
                  {blocked ? moveWords.why[blocked] : freeAgain ? moveWords.freeAgain : moveWords.free}
                </span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {swapped && free[0] && (
        <Notice kind="info" className="mt-4" title={moveWords.swapTitle}>
          <p>{moveWords.swap(free.at(-1)!.dose)}</p>
        </Notice>
      )}
    </>
  )
}
