/** The endpoints of one topic of the documentation. */
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TopicPage } from '@/components/docs/topic-page'
import { describedApi } from '@/lib/api/described'
import { referenceOf } from '@/lib/developers/reference'

type Params = { params: Promise<{ topic: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: (await topicOf(params))?.name }
}

export default async function Page({ params }: Params) {
  const topic = await topicOf(params)
  if (!topic) notFound()
  return <TopicPage topic={topic} />
}

async function topicOf(params: Params['params']) {
  const { topic } = await params
  return referenceOf(await describedApi()).topics.find(({ id }) => id === topic)
}
