/** A kept copy: one page that needs nothing else, no script and no connection, in all languages of the public pages. Pure. */
import { LANGUAGES, type Language } from '@/components/language'
import { momentOf } from '@/components/public/days'
import { fieldLabel } from '@/components/public/field-labels'
import { secondOf } from '@/components/second-language'
import type { HolderView } from '@/lib/holders/answers'
import { directionOf, shownValue } from '@/components/public/shown-value'
import { statusSentence } from './status-sentence'
import { holderWords } from './words'

/** The content security policy of a copy: it may show its own picture and send its one form, and nothing else. */
export const COPY_POLICY =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const EVERY = Object.keys(LANGUAGES) as Language[]

/**
 * The page of a copy, first in the language it was kept in. Identity and contacts are left out: who scans the code sees
 * what is signed, and a phone that is passed around need not show more.
 */
export function copyDocument(view: HolderView, savedAt: Date, first: Language): string {
  const saved = (language: Language) => momentOf(savedAt, language, view.timeZone)
  const top = inEvery((language) => {
    const { copy } = holderWords[language]
    return `<div class="note"><strong>${text(copy.savedOn(saved(language)))}</strong> ${text(copy.yours)}</div>
<h1 class="${view.state}">${text(statusSentence(view, language))}</h1>
<p><strong>${text(view.titles?.[language] ?? view.title)}</strong></p>`
  })
  const picture = view.qr
    ? `<img alt="QR ${text(view.certificateId)}" src="data:image/svg+xml,${encodeURIComponent(view.qr)}">`
    : ''
  const rest = inEvery((language) => {
    const { copy, ...words } = holderWords[language]
    return `${view.qr ? `<p class="middle">${text(words.qr.bright)}</p>` : ''}
<p>${text(words.status.number)} <bdi dir="ltr"><strong>${text(view.certificateId)}</strong></bdi></p>
${details(view, language)}
<p><a href="?">${text(copy.tryOnline)}</a></p>
<form method="post"><p>${text(copy.warning)}</p><button>${text(copy.remove)}</button></form>`
  })
  return page(first, `<bdi>${text(view.issuer)}</bdi>`, `${top}${picture}${rest}`)
}

/** What stands there when a copy was removed without a connection. */
export function removedDocument(): string {
  return page(
    'en',
    '',
    inEvery((language) => `<h1>${text(holderWords[language].copy.removed)}</h1>`),
  )
}

function details(view: HolderView, language: Language): string {
  const words = holderWords[language]
  return view.sections
    .map(({ id, title, titles, details }) => {
      const rows = details
        .filter((detail) => !detail.masked && detail.value !== '')
        .map((detail) => {
          const direction = directionOf(detail.kind, detail.ltr)
          const value = shownValue(detail, detail.value, language, view.timeZone)
          const label = fieldLabel(detail, language)
          const second = secondOf(detail.labels, [], label, view.alsoIn)
          const beside = second ? ` · <bdi lang="${text(second.language)}">${text(second.words)}</bdi>` : ''
          return `<dt>${text(label)}${beside}</dt><dd><bdi${direction ? ` dir="${direction}"` : ''}>${text(value)}</bdi></dd>`
        })
      return rows.length === 0
        ? ''
        : `<h2>${text(titles?.[language] ?? words.details.sections[id] ?? title)}</h2><dl>${rows.join('')}</dl>`
    })
    .join('')
}

/** The same in every language; all but the chosen one are hidden. */
function inEvery(write: (language: Language) => string): string {
  return EVERY.map(
    (language) =>
      `<div class="${language}" lang="${language}" dir="${LANGUAGES[language].direction}">${write(language)}</div>`,
  ).join('')
}

/** The languages are radio buttons, so that they can be switched without a script. */
function page(first: Language, heading: string, body: string): string {
  const choices = EVERY.map(
    (language) =>
      `<input type="radio" name="language" id="say-${language}"${language === first ? ' checked' : ''}><label for="say-${language}" lang="${language}">${LANGUAGES[language].name}</label>`,
  ).join('')
  const legend = EVERY.map((language) => text(holderWords[language].copy.language)).join(' · ')
  const hidden = EVERY.map((language) => `:root:has(#say-${language}:not(:checked)) .${language}`).join(',')
  return `<!doctype html><html lang="${first}" dir="${LANGUAGES[first].direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${text(holderWords[first].title)}</title><style>${STYLE}${hidden}{display:none}</style></head><body><header>${heading}<fieldset><legend>${legend}</legend>${choices}</fieldset></header><main>${body}</main></body></html>`
}

/** Text inside an element or a quoted attribute. */
function text(raw: string): string {
  return raw.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

const STYLE = `
:root{color-scheme:light dark;--paper:#faf8f3;--sheet:#fff;--ink:#1b2430;--soft:#4d5867;--line:#958e7d;--act:#1d4f6e;--note:#fdf3dc;--ok:#1c7247;--stop:#a3201a;--warn:#8a5a00}
@media (prefers-color-scheme:dark){:root{--paper:#12171e;--sheet:#1a212b;--ink:#ece8df;--soft:#b3b8c0;--line:#6b7a8f;--act:#7fb8d8;--note:#33290f;--ok:#6fcf9a;--stop:#ff8f86;--warn:#f0c058}}
body{margin:0 auto;max-width:40rem;padding:0 1rem 3rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
label,button,a{display:inline-flex;align-items:center;min-height:44px}
input{width:1.25rem;height:1.25rem;margin:0 .4rem;vertical-align:middle;accent-color:var(--act)}
label{margin-inline-end:1rem}
header{padding:.75rem 0 .25rem;font-weight:600;border-bottom:1px solid var(--line)}
fieldset{border:0;margin:0;padding:0;font-weight:400}legend{padding:0;font-size:.875rem;color:var(--soft)}
h1{font-size:1.5rem;line-height:1.25;padding-inline-start:.75rem;border-inline-start:4px solid var(--ok)}
h1.revoked{border-color:var(--stop)}h1.suspended{border-color:var(--warn)}
h2{font-size:1rem;margin:1.5rem 0 .25rem;color:var(--soft)}
.note{background:var(--note);padding:.75rem 1rem;margin:1rem 0;border-radius:10px}
img{display:block;width:min(100%,30rem);margin:0 auto;background:#fff}
.middle{text-align:center}
dl{margin:0;background:var(--sheet);border:1px solid var(--line);border-radius:10px;padding:.5rem 1rem}
dt{color:var(--soft);font-size:.875rem}dd{margin:0 0 .5rem;overflow-wrap:anywhere}
a{color:var(--act);font-weight:600}
button{padding:0 1.25rem;font:inherit;font-weight:600;color:var(--stop);background:var(--sheet);border:1px solid var(--stop);border-radius:6px}
`
