'use client'
/** Who looked at the record: by day, with the facility and never the name of a person. */
import { Building2, Monitor, UserRound } from 'lucide-react'
import { useState } from 'react'
import { momentOf } from '@/components/public/days'
import { useLanguage, useWords } from '@/components/public/language-provider'
import { Button } from '@/components/ui/button'
import type { HolderLook, HolderView } from '@/lib/holders/answers'
import { looksWords } from './looks-words'

const FIRST = 5
const ICONS = { operator: Building2, client: Monitor, holder: UserRound }

export function Looks({ view: { looks, timeZone } }: { view: HolderView }) {
  const words = useWords(looksWords)
  const [all, setAll] = useState(false)
  const shown = all ? looks : looks.slice(0, FIRST)
  return (
    <section aria-labelledby="holder-looks" className="sheet px-5 py-4">
      <h2 id="holder-looks" className="text-xl">
        {words.title}
      </h2>
      <p className="mt-1 text-sm text-ink-2">{looks.length === 0 ? words.none : words.lead}</p>
      {shown.length > 0 && (
        <ul className="mt-2 divide-y divide-line">
          {shown.map((look) => (
            <li key={`${look.at} ${look.by} ${look.facility} ${look.linkBy}`} className="flex gap-3 py-3">
              <LookLine look={look} timeZone={timeZone} />
            </li>
          ))}
        </ul>
      )}
      {!all && looks.length > FIRST && (
        <Button className="mt-2" onClick={() => setAll(true)}>
          {words.show(looks.length)}
        </Button>
      )}
    </section>
  )
}

function LookLine({ look, timeZone }: { look: HolderLook; timeZone: string }) {
  const words = useWords(looksWords)
  const language = useLanguage()
  const Icon = ICONS[look.by]
  return (
    <>
      <Icon aria-hidden className="mt-1 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0">
        <p>
          <bdi>{look.by === 'holder' ? words.holder : words[look.by](look.facility)}</bdi>
          {look.linkBy && <span className="text-ink-2"> {words.link[look.linkBy](look.facility)}</span>}
        </p>
        <p className="text-sm text-ink-3">
          <time dateTime={look.at}>{momentOf(look.at, language, timeZone)}</time>
          {look.took && ` · ${words.took}`}
          {look.opened && ` · ${words.opened} ${words.reasons[look.opened]}`}
          {look.revealed && ` · ${words.revealed}`}
        </p>
      </div>
    </>
  )
}
