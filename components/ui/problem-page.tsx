'use client'
/** A page that cannot be shown: what happened, and what to do next. */
import type { ReactNode } from 'react'
import { useErrorTitle } from '@/components/ui/error-summary'

interface ProblemPageProps {
  title: string
  children: ReactNode
  actions?: ReactNode
}

export function ProblemPage({ title, children, actions }: ProblemPageProps) {
  useErrorTitle(true)
  return (
    <div className="mx-auto max-w-xl py-10">
      <h1>{title}</h1>
      <div className="mt-3 text-ink-2">{children}</div>
      <div className="mt-6 flex flex-wrap gap-3">{actions}</div>
    </div>
  )
}
