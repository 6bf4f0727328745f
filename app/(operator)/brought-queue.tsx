/** Brings the queue with its page: the figures, and the list that they let it begin with. */
import type { ReactNode } from 'react'
import { BroughtProvider } from '@/components/brought'
import { firstState } from '@/components/queue/first-state'
import { answersTo, answerTo, Brought, wanted } from './brought'

const FIGURES = wanted('GET /v3/queue')

export async function BroughtQueue({ children }: { children: ReactNode }) {
  const figures = await answersTo([FIGURES])
  const given = answerTo(figures, FIGURES)
  if (!given) return children
  const state = firstState(given)
  return (
    <BroughtProvider answers={figures}>
      <Brought answers={[wanted('GET /v3/queue/transactions', { query: { state } })]}>{children}</Brought>
    </BroughtProvider>
  )
}
