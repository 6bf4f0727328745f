/** A public page as it is drawn twice, the same to the letter: on the server, and in the browser that takes it over. */
import { StrictMode, type ComponentType, type ReactNode } from 'react'
import type { Language } from '@/components/language'
import { PublicFrame } from '@/components/public/public-frame'
import { BrokenInstead } from './broken-instead'

/** All that the browser has to know to draw the page once more. */
export interface Shown<Props> {
  language: Language
  issuer: string
  titles: Record<Language, string>
  props: Props
}

export function shown<Props extends object>(
  Page: ComponentType<Props>,
  { language, issuer, titles, props }: Shown<Props>,
): ReactNode {
  return (
    <StrictMode>
      <BrokenInstead>
        <PublicFrame language={language} issuer={issuer} titles={titles}>
          <Page {...props} />
        </PublicFrame>
      </BrokenInstead>
    </StrictMode>
  )
}
