'use client'
/** Code lists, row by row: a vaccine with its ICD-11 code is one row. */
import { Plus, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { DraftType, Json } from '@/lib/certificate-types/draft'
import { words } from '../words'
import type { Changing } from './changing'
import { IconButton } from './icon-button'

const COLUMNS = ['match', 'label', 'code', 'term'] as const
type Column = (typeof COLUMNS)[number]

interface ListsPanelProps {
  type: DraftType
  changing: Changing
  /** The list that was asked for. */
  wanted: string | null
}

export function ListsPanel({ type, changing, wanted }: ListsPanelProps) {
  const lists = Object.entries(type.codeLists)
  return (
    <div className="space-y-5">
      <p className="text-sm text-ink-3">{lists.length === 0 ? words.lists.none : words.lists.lead}</p>
      {lists.map(([list, rows]) => (
        <ListCard
          key={list}
          list={list}
          rows={rows}
          wanted={wanted === list}
          onChange={(next) => changing.change({ do: 'setList', list, rows: next })}
        />
      ))}
    </div>
  )
}

interface ListCardProps {
  list: string
  rows: Json[]
  wanted: boolean
  onChange: (rows: Json[]) => void
}

function ListCard({ list, rows, wanted, onChange }: ListCardProps) {
  const [find, setFind] = useState('')
  const [added, setAdded] = useState(0)
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (wanted) card.current?.scrollIntoView({ block: 'nearest' })
  }, [wanted])
  useEffect(() => {
    if (added > 0) card.current?.querySelector<HTMLInputElement>('tbody tr:last-child input')?.focus()
  }, [added])
  // What this list uses; a new list may take anything.
  const columns = COLUMNS.filter((column) => rows.length === 0 || rows.some((row) => row[column] !== undefined))
  const shown = rows
    .map((row, at) => ({ row, at }))
    .filter(({ row }) => JSON.stringify(row).toLowerCase().includes(find.trim().toLowerCase()))
  const set = (at: number, column: Column, text: string) =>
    onChange(rows.map((row, index) => (index === at ? withCell(row, column, text) : row)))
  return (
    <section ref={card} aria-label={list} className="sheet">
      <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-2.5">
        <h2 className="font-semibold">
          <bdi className="font-mono text-sm">{list}</bdi>{' '}
          <span className="numbers text-sm font-normal text-ink-3">{words.lists.rows(rows.length)}</span>
        </h2>
        <input
          type="search"
          aria-label={`${words.lists.find}: ${list}`}
          placeholder={words.lists.find}
          value={find}
          onChange={(event) => setFind(event.target.value)}
          className="min-h-11 w-full rounded-control border border-edge bg-sheet px-3 text-sm sm:w-52"
        />
      </div>
      <div className="max-h-96 overflow-auto" role="region" tabIndex={0} aria-label={list}>
        <table className="w-full text-sm">
          <thead className="text-start text-xs text-ink-2">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-2 py-1.5 text-start font-semibold first:ps-5">
                  {words.lists[column]}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {shown.map(({ row, at }) => (
              <tr key={at}>
                {columns.map((column) => (
                  <td key={column} className="min-w-28 px-1 py-0.5 first:ps-4">
                    <input
                      dir="auto"
                      autoComplete="off"
                      spellCheck={false}
                      aria-label={words.lists.cell(words.lists[column], nameOf(row) || words.lists.newRow)}
                      value={String(row[column] ?? '')}
                      onChange={(event) => set(at, column, event.target.value)}
                      className="min-h-11 w-full rounded-control border border-line bg-sheet px-2 hover:border-edge"
                    />
                  </td>
                ))}
                <td className="w-11 pe-2">
                  <IconButton
                    icon={Trash2}
                    label={words.lists.removeRow(nameOf(row))}
                    onClick={() => onChange(rows.filter((_, index) => index !== at))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="border-t border-line px-5 py-3">
        <Button
          aria-label={words.lists.addTo(list)}
          onClick={() => {
            setFind('')
            setAdded(added + 1)
            onChange([...rows, {}])
          }}
        >
          <Plus aria-hidden className="size-4" />
          {words.lists.add}
        </Button>
      </div>
    </section>
  )
}

function withCell(row: Json, column: Column, text: string): Json {
  const { [column]: _before, ...rest } = row
  return text === '' ? rest : { ...row, [column]: text }
}

function nameOf({ label, match, code }: Json): string {
  return String(label ?? match ?? code ?? '')
}
