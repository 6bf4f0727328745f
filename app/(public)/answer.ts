/** Answers with a public page: a whole document, in the language and the colours of whoever asks. */
import { cookies, headers } from 'next/headers'
import { THEME_COOKIE } from '@/components/header/preference-cookies'
import { LANGUAGES, type Language } from '@/components/language'
import { pageLanguage } from '@/components/public/page-language'
import { ownCookieName } from '@/lib/auth/session-cookie'
import { config } from '@/lib/config'
import { built, drawing, PARTS } from './built'
import type { Head, PageName, PropsOf } from '@/components/public-pages/document'

interface Page<Name extends PageName> {
  props: PropsOf<Name>
  title: (language: Language) => string
  /** Of a page for the home screen. */
  app?: (language: Language) => Head['app']
}

export async function answerPage<Name extends PageName>(
  name: Name,
  { props, title, app }: Page<Name>,
): Promise<Response> {
  const language = await pageLanguage()
  const { scripts, styles, fonts } = await built()
  const { documentOf } = await drawing()
  const theme = (await cookies()).get(ownCookieName(THEME_COOKIE))?.value
  const titles = Object.fromEntries(Object.keys(LANGUAGES).map((one) => [one, title(one as Language)]))
  const html = documentOf(
    name,
    { language, issuer: config().issuer.name, titles: titles as Record<Language, string>, props },
    {
      // proxy.ts has made it for this answer.
      nonce: (await headers()).get('x-nonce') ?? '',
      theme: theme === 'light' || theme === 'dark' ? theme : null,
      scripts: scripts[name].map((file) => PARTS + file),
      styles: styles.map((file) => PARTS + file),
      fonts: fonts.map((file) => PARTS + file),
      app: app?.(language),
    },
  )
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
