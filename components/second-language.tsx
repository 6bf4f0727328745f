'use client'
/** Words of a certificate type in the reader's own language, beside those of the page. */
import { useSyncExternalStore } from 'react'

type Translated = Readonly<Record<string, string>> | undefined

interface Second {
  /** BCP 47. */
  language: string
  words: string
}

/**
 * The words in the first language that the reader's browser asks for and the type has, else in the second language of the
 * type; null where that is the language of the page, or nothing. `page`: the words that stand there already.
 */
export function useSecond(translated: Translated, page: string, alsoIn?: string | null): Second | null {
  return secondOf(translated, useReaderLanguages(), page, alsoIn)
}

export function secondOf(
  translated: Translated,
  reader: readonly string[],
  page: string,
  alsoIn?: string | null,
): Second | null {
  if (!translated) return null
  const known = new Map(Object.keys(translated).map((language) => [language.toLowerCase(), language]))
  const wanted = [...reader, ...(alsoIn ? [alsoIn] : [])].map((tag) => tag.toLowerCase())
  const language = wanted.map((tag) => known.get(tag) ?? known.get(tag.split('-')[0]!)).find((one) => one !== undefined)
  const words = language && translated[language]
  return words && words !== page ? { language: language!, words } : null
}

interface BesideProps {
  labels: Translated
  /** The words that it stands beside. */
  page: string
  /** The second language of the type, for readers who ask for none that it has. */
  alsoIn?: string | null
}

/** " · पूरा नाम" behind a label, read out in its own language. */
export function Beside({ labels, page, alsoIn }: BesideProps) {
  const second = useSecond(labels, page, alsoIn)
  if (!second) return null
  return (
    <span className="font-normal">
      {' · '}
      <bdi lang={second.language}>{second.words}</bdi>
    </span>
  )
}

/** Some browsers make the list anew each time it is asked for: only its text can be compared. */
function useReaderLanguages(): readonly string[] {
  const languages = useSyncExternalStore(
    follow,
    () => navigator.languages.join(' '),
    () => '',
  )
  return languages.split(' ')
}

function follow(onChange: () => void): () => void {
  window.addEventListener('languagechange', onChange)
  return () => window.removeEventListener('languagechange', onChange)
}
