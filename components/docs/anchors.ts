/** Where the parts of the documentation are. */

/** The page with refusals, headers and shapes. */
export const ANSWERS_PAGE = '/docs/answers'

export const ANCHORS = {
  guide: 'first-steps',
  token: 'token',
  rules: 'good-to-know',
  refusals: 'refusals',
  headers: 'headers',
  shapes: 'shapes',
  calls: 'calls',
} as const

/** The page of a topic. */
export function topicPage(topicId: string): string {
  return `/docs/${topicId}`
}

/** The link to a named shape. */
export function shapeLink(name: string): string {
  return `${ANSWERS_PAGE}#shape-${name}`
}

/** The anchor of a step or rule below a heading. */
export function below(anchor: string, part: string): string {
  return `${anchor}-${part}`
}
