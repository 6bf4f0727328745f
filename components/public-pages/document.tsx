/**
 * The HTML of a public page. Bundled apart from Next (lib/start/public-pages.mjs), since what answers at an address of
 * Next's cannot draw.
 */
/* eslint-disable @next/next/no-head-element, @next/next/no-sync-scripts -- no page of Next's */
import type { ComponentProps, ComponentType } from 'react'
import { renderToStaticMarkup, renderToString } from 'react-dom/server.edge'
import { ConfirmPage } from '@/components/holder-confirm/confirm-page'
import { HolderPage } from '@/components/holder/holder-page'
import { LANGUAGES } from '@/components/language'
import { VerifyPage } from '@/components/verify/verify-page'
import { shown, type Shown } from './shown'

const PAGES = { verify: VerifyPage, holder: HolderPage, confirm: ConfirmPage }

export type PageName = keyof typeof PAGES
export type PropsOf<Name extends PageName> = ComponentProps<(typeof PAGES)[Name]>

export interface Head {
  /** Of this answer: what has it may run. */
  nonce: string
  theme: 'light' | 'dark' | null
  /** Addresses. The first script draws the page; it needs the others at once. */
  scripts: readonly string[]
  styles: readonly string[]
  /** Addresses of what the first lines are set in: without them ahead, texts change their breaks when they come. */
  fonts: readonly string[]
  /** Of a page that people put on their home screen: addresses of its manifest and icon, and its short name. */
  app?: { manifest: string; icon: string; title: string }
}

/** A whole document, readable before any of its scripts run. */
export function documentOf<Name extends PageName>(name: Name, page: Shown<PropsOf<Name>>, head: Head): string {
  const { language } = page
  const theme = head.theme ? ` data-theme="${head.theme}"` : ''
  const body = renderToString(shown(PAGES[name] as ComponentType<PropsOf<Name>>, page))
  return `<!DOCTYPE html><html lang="${language}" dir="${LANGUAGES[language].direction}"${theme}>${headOf(page, head)}<body><div id="page">${body}</div></body></html>`
}

function headOf(page: Shown<unknown>, { nonce, scripts: [first, ...others], styles, fonts, app }: Head): string {
  return renderToStaticMarkup(
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {styles.map((address) => (
        <link key={address} rel="stylesheet" href={address} />
      ))}
      {fonts.map((address) => (
        <link key={address} rel="preload" as="font" type="font/woff2" href={address} crossOrigin="" />
      ))}
      <script type="module" src={first} nonce={nonce} />
      {others.map((address) => (
        <link key={address} rel="modulepreload" href={address} nonce={nonce} />
      ))}
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1a212b" />
      <title>{page.titles[page.language]}</title>
      <meta name="robots" content="noindex, nofollow" />
      <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
      {app && (
        <>
          <link rel="manifest" href={app.manifest} />
          <meta name="mobile-web-app-capable" content="yes" />
          <meta name="apple-mobile-web-app-title" content={app.title} />
          <meta name="apple-mobile-web-app-status-bar-style" content="default" />
          <link rel="icon" href={app.icon} />
          <link rel="apple-touch-icon" href={app.icon} />
        </>
      )}
      <template id="given" data-given={JSON.stringify(page)} />
    </head>,
  )
}
