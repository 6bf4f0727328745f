'use client'
/** Asks for the letters that nearly every page is set in before anything else of it is read: see fonts.css. */
import { preload } from 'react-dom'

const FILES = [
  new URL('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2', import.meta.url).href,
  new URL('@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2', import.meta.url).href,
]

export function LettersAhead() {
  for (const file of FILES) preload(file, { as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' })
  return null
}
