/** What all answers of the API have in common. */
import type { Metadata } from 'next'
import { AnswersPage } from '@/components/docs/answers-page'
import { words } from '@/components/docs/words'
import { describedApi } from '@/lib/api/described'
import { referenceOf } from '@/lib/developers/reference'

export const metadata: Metadata = { title: words.answers.title }

export default async function Page() {
  return <AnswersPage reference={referenceOf(await describedApi())} />
}
