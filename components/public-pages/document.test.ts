import { expect, test } from 'vitest'
import { documentOf, type Head } from './document'

const HEAD: Head = {
  nonce: 'a+b==',
  theme: null,
  scripts: ['/parts/first.js', '/parts/second.js'],
  styles: ['/parts/look.css'],
  fonts: ['/parts/letters.woff2'],
}
const page = (issuer: string, token: string) => ({
  language: 'ar' as const,
  issuer,
  titles: { en: `Title ${issuer}`, ar: `عنوان ${issuer}` },
  props: { token },
})

test('what runs in a public page has the nonce of its answer, and nothing else runs', () => {
  const html = documentOf('holder', page('Ministry', 'abc'), HEAD)
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/parts/first.js" nonce="a+b==">'])
  expect(html.match(/<link rel="modulepreload"[^>]*>/g)).toEqual([
    '<link rel="modulepreload" href="/parts/second.js" nonce="a+b=="/>',
  ])
  expect(html).not.toMatch(/<style|\son[a-z]+=/)
})

test('what the first lines are set in is asked for with the page', () => {
  const html = documentOf('confirm', page('Ministry', 'abc'), HEAD)
  expect(html).toContain('<link rel="preload" as="font" type="font/woff2" href="/parts/letters.woff2" crossorigin=""/>')
})

test('texts of settings and of addresses stay texts, and reach the browser as they are', () => {
  const nasty = `"'><script>alert(1)</script></template></title><!-- &amp; \u2028`
  const html = documentOf('holder', page(nasty, nasty), HEAD)
  expect(html.match(/<script/g)).toHaveLength(1)
  expect(html).not.toMatch(/<!--(?! -->)|<\/template>.*<\/template>/)
  const given = /data-given="([^"]*)"/.exec(html)![1]!
  const text = given.replaceAll(
    /&(quot|lt|gt|amp|#x27);/g,
    (_, name) => ({ quot: '"', lt: '<', gt: '>', amp: '&' })[name as string] ?? "'",
  )
  expect(JSON.parse(text)).toEqual(page(nasty, nasty))
})

test('language, direction and chosen colours are there before a script runs, and so is the page', () => {
  const html = documentOf('holder', page('Ministry', 'abc'), { ...HEAD, theme: 'dark' })
  expect(html).toMatch(/^<!DOCTYPE html><html lang="ar" dir="rtl" data-theme="dark"><head>/)
  expect(html).toContain('<title>عنوان Ministry</title>')
  expect(html).toMatch(/<body><div id="page">.*<form.*<h1>/)
  expect(documentOf('holder', page('Ministry', 'abc'), HEAD)).not.toContain('data-theme')
})
