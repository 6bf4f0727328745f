/** What the contents on the left list: every page with its parts. */
import type { GuideStep, Reference } from '@/lib/developers/answers'
import { ANCHORS, ANSWERS_PAGE, below, topicPage } from './anchors'
import { rulesFor } from './rules'
import { words } from './words'

export interface OutlineGroup {
  title: string
  href: string
  links: OutlineLink[]
}

export interface OutlineLink {
  title: string
  /** Page and anchor. */
  href: string
  /** Only endpoints have one, and only they are searched. */
  method?: string
  /** What is searched, besides the title. */
  search?: string
}

/** The contents, from the reference and the first steps. */
export function outlineOf({ topics }: Reference, guide: readonly GuideStep[]): OutlineGroup[] {
  return [
    {
      title: words.guide.title,
      href: '/docs',
      links: [{ id: 'token', title: words.guide.setupTitle }, ...guide].map(({ id, title }) => ({
        title,
        href: `/docs#${below(ANCHORS.guide, id)}`,
      })),
    },
    {
      title: words.rules.title,
      href: `/docs#${ANCHORS.rules}`,
      links: rulesFor(0).map(({ id, title }) => ({ title, href: `/docs#${id}` })),
    },
    ...topics.map(({ id: topic, name, endpoints }) => ({
      title: name,
      href: topicPage(topic),
      links: endpoints.map(({ id, method, path, summary, answers }) => ({
        title: summary,
        href: `${topicPage(topic)}#${id}`,
        method,
        search: [path, id, ...answers.flatMap(({ refusals }) => refusals.map(({ code }) => code))].join(' '),
      })),
    })),
    {
      title: words.answers.title,
      href: ANSWERS_PAGE,
      links: [
        { title: words.refusals.title, href: `${ANSWERS_PAGE}#${ANCHORS.refusals}` },
        { title: words.headers.title, href: `${ANSWERS_PAGE}#${ANCHORS.headers}` },
        { title: words.shapes.title, href: `${ANSWERS_PAGE}#${ANCHORS.shapes}` },
      ],
    },
  ]
}
