'use client'
/** The left side of the documentation: everything on the page, narrowed by a word; where one is now is marked. */
import { ChevronDown, Search } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useHydrated } from '@/components/hydrated'
import { DocLink } from './doc-link'
import { Method } from './method'
import type { OutlineGroup } from './outline'
import { words } from './words'

export function Contents({ groups }: { groups: OutlineGroup[] }) {
  const hydrated = useHydrated()
  const [open, setOpen] = useState(false)
  const [wanted, setWanted] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const router = useRouter()
  const here = useHere(groups)
  useSlash(field)
  const pathname = usePathname()
  const searching = wanted.trim() !== ''
  const found = narrowed(groups, wanted)
  const count = found.reduce((sum, { links }) => sum + links.length, 0)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const first = searching ? found[0]?.links[0] : undefined
    if (!first) return
    setOpen(false)
    router.push(first.href)
  }
  return (
    <nav
      aria-label={words.contents}
      data-screen-only
      className="border-line max-desk:border-b max-desk:pt-4 max-desk:pb-1 desk:sticky desk:top-14 desk:flex desk:max-h-[calc(100dvh-3.5rem)] desk:w-72 desk:shrink-0 desk:flex-col desk:border-e desk:py-6 desk:pe-5"
    >
      <form role="search" onSubmit={submit} className="relative">
        <Search
          aria-hidden
          className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-ink-3"
        />
        <input
          ref={field}
          type="search"
          aria-label={words.filter}
          placeholder={words.filter}
          title={words.filterHint}
          autoComplete="off"
          spellCheck={false}
          disabled={!hydrated}
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value)
            if (event.target.value !== '') setOpen(true)
          }}
          className="min-h-11 w-full rounded-control border border-edge bg-sheet ps-9 pe-3 text-[0.9375rem]"
        />
      </form>
      <p role="status" className="mt-1 text-xs text-ink-3 desk:min-h-5">
        {searching ? words.found(count) : ''}
      </p>
      <button
        type="button"
        aria-expanded={open}
        className="flex min-h-11 w-full items-center justify-between font-semibold text-act desk:hidden"
        onClick={() => setOpen(!open)}
      >
        {open ? words.hideContents : words.showContents}
        <ChevronDown aria-hidden className={`size-5 ${open ? 'rotate-180' : ''}`} />
      </button>
      <div className={`desk:block desk:min-h-0 desk:overflow-y-auto ${open ? '' : 'hidden'}`}>
        {found.map(({ href, title, links }) => (
          <div key={href} className="mb-2">
            <DocLink
              href={href}
              onClick={() => setOpen(false)}
              aria-current={href === pathname ? 'page' : undefined}
              className="flex min-h-9 items-center text-sm font-semibold hover:text-act aria-[current]:text-act max-desk:min-h-11"
            >
              {title}
            </DocLink>
            {(searching || href.split('#')[0] === pathname) && (
              <ul className="mb-3">
                {links.map((link) => (
                  <li key={link.href}>
                    <DocLink
                      href={link.href}
                      onClick={() => setOpen(false)}
                      aria-current={link.href === here ? 'location' : undefined}
                      className={`-mx-2 flex min-h-8 items-start gap-2 rounded-control px-2 py-1 text-sm max-desk:min-h-11 max-desk:items-center ${
                        link.href === here ? 'bg-act-soft font-semibold text-act' : 'text-ink-2 hover:text-act'
                      }`}
                    >
                      <span className="min-w-0 flex-1">{link.title}</span>
                      {link.method && <Method method={link.method} />}
                    </DocLink>
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
    </nav>
  )
}

/** The groups with the links that have every word in them; without a word everything. */
function narrowed(groups: OutlineGroup[], wanted: string): OutlineGroup[] {
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  if (parts.length === 0) return groups
  return groups.flatMap((group) => {
    const links = group.links.filter(({ method, title, search = '' }) => {
      const text = `${method} ${title} ${search}`.toLowerCase()
      return method !== undefined && parts.every((part) => text.includes(part))
    })
    return links.length > 0 ? [{ ...group, links }] : []
  })
}

/** The part of this page that is read now: the last one whose top is in the upper third of the window, or above. */
function useHere(groups: OutlineGroup[]): string {
  const [here, setHere] = useState('')
  const pathname = usePathname()
  useEffect(() => {
    const links = groups.flatMap((group) => group.links.map(({ href }) => href))
    const mine = links.filter((href) => href.startsWith(`${pathname}#`))
    let waiting = 0
    const look = () => {
      waiting = 0
      const above = mine.filter((href) => {
        const part = document.getElementById(href.slice(pathname.length + 1))
        return part !== null && part.getBoundingClientRect().top < innerHeight / 3
      })
      setHere(above.at(-1) ?? '')
    }
    const scrolled = () => (waiting ||= requestAnimationFrame(look))
    scrolled()
    addEventListener('scroll', scrolled, { passive: true })
    return () => {
      removeEventListener('scroll', scrolled)
      cancelAnimationFrame(waiting)
    }
  }, [groups, pathname])
  return here
}

/** "/" goes to the field, but only when nothing that takes text has the focus. */
function useSlash(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (document.activeElement?.matches('input, textarea, select')) return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [field])
}
