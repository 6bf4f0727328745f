/** The verify page as a program of its own on a device's home screen. */
import { LANGUAGES, type Language } from '@/components/language'
import large from './icons/icon-512.png'
import small from './icons/icon-192.png'
import { verifyWords } from './words'

/** Its manifest (https://www.w3.org/TR/appmanifest/). It covers the verify page alone. */
export function verifyManifest(language: Language, issuer: string): object {
  const { title } = verifyWords[language]
  const icon = ({ src, width, height }: typeof large) => ({ src, sizes: `${width}x${height}`, type: 'image/png' })
  return {
    id: '/verify',
    start_url: '/verify',
    scope: '/verify',
    name: `${title} · ${issuer}`,
    short_name: title,
    lang: language,
    dir: LANGUAGES[language].direction,
    display: 'standalone',
    background_color: '#faf8f3',
    theme_color: '#1d4f6e',
    // The drawing leaves room for round masks.
    icons: [small, large].flatMap((file) => [
      { ...icon(file), purpose: 'any' },
      { ...icon(file), purpose: 'maskable' },
    ]),
  }
}
