'use client'
/** The buttons: one main action a page, the rest quiet. 44 px high where a hand reaches for them. */
import { LoaderCircle } from 'lucide-react'
import type { ComponentProps } from 'react'

export type ButtonKind = 'main' | 'second' | 'quiet' | 'stop'

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-control font-semibold whitespace-nowrap transition-colors select-none disabled:cursor-default disabled:opacity-60'
const SIZE = { large: 'min-h-11 px-5 text-[0.9375rem]', small: 'min-h-8 px-3 text-sm' }
const KIND: Record<ButtonKind, string> = {
  main: 'bg-act text-on-act enabled:hover:bg-act-hover [a&]:hover:bg-act-hover',
  second: 'border border-edge bg-sheet text-ink hover:border-act hover:text-act',
  quiet: 'text-act hover:bg-act-soft',
  stop: 'border border-stop bg-sheet text-stop hover:bg-stop-soft',
}

/** The classes of a button, for links that look like one. */
export function buttonClass(kind: ButtonKind = 'second', size: keyof typeof SIZE = 'large'): string {
  return `${BASE} ${SIZE[size]} ${KIND[kind]}`
}

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind
  size?: keyof typeof SIZE
  /** Shows that it works; the button is disabled meanwhile. */
  busy?: boolean
}

export function Button({
  kind = 'second',
  size = 'large',
  busy = false,
  className = '',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={busy || rest.disabled}
      className={`${buttonClass(kind, size)} ${className}`}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-[turn_1s_linear_infinite]" />}
      {children}
    </button>
  )
}
