/** The address of the list of a day. */
import type { Metadata } from 'next'
import { Suspense } from 'react'
import { TodayPage } from '@/components/today/today-page'
import { words } from '@/components/today/words'

export const metadata: Metadata = { title: words.title }

export default function Page() {
  return (
    <Suspense>
      <TodayPage />
    </Suspense>
  )
}
