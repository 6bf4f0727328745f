'use client'
/** The type itself: fields, lists, rules, and all of it as text. */
import { Tabs } from 'radix-ui'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { Change } from '@/lib/certificate-types/change'
import type { Draft, DraftType } from '@/lib/certificate-types/draft'
import { words } from '../words'
import { FieldsPanel } from './fields-panel'
import { ListsPanel } from './lists-panel'
import { RulesPanel } from './rules-panel'
import { TAB, TAB_LIST } from './tab-look'
import { TextPanel } from './text-panel'
import type { Finding } from './use-check'

const TABS = ['fields', 'lists', 'rules', 'text'] as const

/** What of it is in sight. */
export interface Showing {
  tab: (typeof TABS)[number]
  /** Path of the open field. */
  field: string | null
  list: string | null
  file: string
  /** A place in the text to go to. */
  goTo: { pointer: string } | null
}

interface DocumentPanelProps {
  draft: Draft
  /** null while the text has not the shape of a type. */
  type: DraftType | null
  errors: Finding[]
  showing: Showing
  setShowing: (showing: Showing) => void
  put: (next: Draft) => void
  change: (change: Change) => void
}

export function DocumentPanel({ draft, type, errors, showing, setShowing, put, change }: DocumentPanelProps) {
  const show = (part: Partial<Showing>) => setShowing({ ...showing, goTo: null, ...part })
  const changing = { change, errors }
  return (
    <Tabs.Root value={showing.tab} onValueChange={(tab) => show({ tab: tab as Showing['tab'] })}>
      <Tabs.List aria-label={words.editor.document} className={`sheet mb-4 ${TAB_LIST}`}>
        {TABS.map((tab) => (
          <Tabs.Trigger key={tab} value={tab} className={TAB}>
            {words.editor.tabs[tab]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      <Tabs.Content value="fields" tabIndex={-1}>
        {type ? (
          <FieldsPanel type={type} changing={changing} open={showing.field} setOpen={(field) => show({ field })} />
        ) : (
          <Shapeless onText={() => show({ tab: 'text', file: 'type.json' })} />
        )}
      </Tabs.Content>
      <Tabs.Content value="lists" tabIndex={-1}>
        {type ? (
          <ListsPanel type={type} changing={changing} wanted={showing.list} />
        ) : (
          <Shapeless onText={() => show({ tab: 'text', file: 'type.json' })} />
        )}
      </Tabs.Content>
      <Tabs.Content value="rules" tabIndex={-1}>
        {type ? (
          <RulesPanel draft={draft} type={type} changing={changing} />
        ) : (
          <Shapeless onText={() => show({ tab: 'text', file: 'type.json' })} />
        )}
      </Tabs.Content>
      <Tabs.Content value="text" tabIndex={-1}>
        <TextPanel
          draft={draft}
          errors={errors}
          put={put}
          file={showing.file}
          setFile={(file) => show({ file })}
          goTo={showing.goTo}
        />
      </Tabs.Content>
    </Tabs.Root>
  )
}

function Shapeless({ onText }: { onText: () => void }) {
  return (
    <Notice kind="warn" title={words.editor.shapeless}>
      <Button className="mt-3" onClick={onText}>
        {words.editor.toText}
      </Button>
    </Notice>
  )
}
