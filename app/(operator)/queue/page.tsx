/** The address of the queue. */
import type { Metadata } from 'next'
import { QueuePage } from '@/components/queue/queue-page'
import { words } from '@/components/queue/words'
import { BroughtQueue } from '../brought-queue'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <BroughtQueue>
      <QueuePage />
    </BroughtQueue>
  )
}
