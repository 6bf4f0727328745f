'use client'
/** A field that offers known values and takes any other as well (ARIA combobox with a list). */
import { ChevronDown } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { boxClass, type ControlProps } from './controls'

interface ComboboxProps extends ControlProps<string> {
  options: string[]
}

export function Combobox({ id, value, onChange, options, describedBy, invalid, changed }: ComboboxProps) {
  const list = useId()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState(false)
  const [active, setActive] = useState(-1)
  const offered = typed
    ? options.filter((option) => option.toLowerCase().includes(value.trim().toLowerCase()))
    : options
  const shown = open && offered.length > 0
  const box = useRef<HTMLUListElement>(null)
  // The bar at the bottom would cover a list that opens low on the page.
  useEffect(() => {
    if (shown) box.current?.scrollIntoView({ block: 'nearest' })
  }, [shown])

  const close = () => {
    setOpen(false)
    setTyped(false)
    setActive(-1)
  }
  const choose = (option: string) => {
    onChange(option)
    close()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      const from = shown ? active : step > 0 ? -1 : 0
      setOpen(true)
      if (offered.length > 0) setActive((from + step + offered.length) % offered.length)
    } else if (event.key === 'Enter' && shown && active >= 0 && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      choose(offered[active]!)
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      close()
    }
  }
  return (
    <div className="relative">
      <input
        id={id}
        role="combobox"
        dir="auto"
        autoComplete="off"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${list}-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid || undefined}
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
          setTyped(true)
          setOpen(true)
          setActive(-1)
        }}
        onClick={() => setOpen(true)}
        onKeyDown={press}
        onBlur={close}
        className={`${boxClass({ invalid, changed })} pe-9`}
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute end-3 top-1/2 size-4 -translate-y-1/2 text-ink-3"
      />
      <ul
        ref={box}
        id={list}
        role="listbox"
        hidden={!shown}
        className="sheet absolute inset-x-0 top-full z-20 mt-1 max-h-60 overflow-y-auto p-1 shadow-lift"
      >
        {offered.map((option, index) => (
          <li
            key={option}
            id={`${list}-${index}`}
            role="option"
            aria-selected={option === value}
            ref={(row) => {
              if (index === active) row?.scrollIntoView({ block: 'nearest' })
            }}
            // The input keeps the focus: its blur would close the list before the click arrives.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
            className={`cursor-pointer rounded-control px-2.5 py-1.5 text-[0.9375rem] hover:bg-act-soft ${
              index === active ? 'bg-act-soft text-act' : ''
            } ${option === value ? 'font-semibold' : ''}`}
          >
            {option}
          </li>
        ))}
      </ul>
    </div>
  )
}
