'use client'
/** The bar on top of every operator page: the name, the find field, who is signed in. */
import { Search } from 'lucide-react'
import { usePathname, useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useFlow } from '@/components/flow'
import { useFind } from '@/components/find/use-find'
import { useKeys } from '@/components/keys/keys-provider'
import { usePlace } from '@/components/place'
import { opens } from '@/components/roles/pages'
import { EarlyForm } from '@/components/ui/early-form'
import { Link } from '@/components/ui/link'
import { words } from '@/components/words'
import { AccountMenu } from './account-menu'
import { SiteNav } from './site-nav'
import { ThemeButton } from './theme-button'
import { Wordmark } from './wordmark'

export function SiteHeader() {
  const { on } = useKeys()
  const finds = opens(usePlace().operator.roles, '/')
  const onFindPage = usePathname() === '/'
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-sheet">
      <div className="flex min-h-14 items-center gap-3 px-4 sm:gap-5 sm:px-6">
        <Link href="/" className="flex min-h-11 items-center" aria-label={`${words.product}: ${words.find.title}`}>
          <Wordmark />
        </Link>
        <div className="flex-1">{!onFindPage && finds && <HeaderFind hint={on} />}</div>
        <div className="flex items-center gap-1">
          <SiteNav />
          <ThemeButton className="max-sm:hidden" />
          <AccountMenu />
        </div>
      </div>
    </header>
  )
}

function HeaderFind({ hint }: { hint: boolean }) {
  const field = useRef<HTMLInputElement>(null)
  const flow = useFlow()
  const router = useRouter()
  const find = useFind()
  const submit = () => {
    const text = field.current?.value.trim() ?? ''
    flow.leave(() => {
      if (field.current) field.current.value = ''
      if (text === '') router.push('/')
      else void find(text)
    })
  }
  return (
    <EarlyForm role="search" onSend={submit} className="relative max-w-80">
      <Search aria-hidden className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-ink-3" />
      <input
        ref={field}
        data-find
        type="text"
        dir="ltr"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        aria-label={words.header.find}
        placeholder=" "
        className="peer min-h-10 w-full min-w-0 rounded-control border border-line-strong bg-paper ps-9 pe-3 text-[0.9375rem] sm:pe-9"
      />
      {/* In place of the placeholder: a phone has room for one word only. */}
      <span
        aria-hidden
        className="pointer-events-none absolute start-9 top-1/2 hidden -translate-y-1/2 text-[0.9375rem] whitespace-nowrap text-ink-3 peer-placeholder-shown:block"
      >
        <span className="sm:hidden">{words.find.submit}</span>
        <span className="max-sm:hidden">{words.header.find}</span>
      </span>
      {hint && (
        <kbd
          aria-hidden
          className="absolute end-2 top-1/2 -translate-y-1/2 rounded-[4px] border border-line-strong px-1.5 text-xs text-ink-3 peer-focus:hidden max-sm:hidden"
        >
          /
        </kbd>
      )}
    </EarlyForm>
  )
}
