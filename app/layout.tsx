/** The frame of every page: language, colours and type. */
import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import '@/components/theme.css'
import { THEME_COOKIE } from '@/components/header/preference-cookies'
import { LANGUAGES } from '@/components/language'
import { LettersAhead } from '@/components/letters-ahead'
import { pageLanguage } from '@/components/public/page-language'
import { StyleNonce } from '@/components/style-nonce'
import { words } from '@/components/words'
import { ownCookieName } from '@/lib/auth/session-cookie'

export const metadata: Metadata = {
  title: { default: words.product, template: `%s · ${words.product}` },
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, date: false, address: false, email: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#1a212b' },
  ],
}

export default async function Layout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(ownCookieName(THEME_COOKIE))?.value
  const language = await pageLanguage()
  return (
    <html
      lang={language}
      dir={LANGUAGES[language].direction}
      data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}
      suppressHydrationWarning
    >
      <body>
        <LettersAhead />
        <StyleNonce />
        {children}
      </body>
    </html>
  )
}
