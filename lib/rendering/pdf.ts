/** The printed certificate: a page's data in, a tagged PDF out (PDF/UA-1 with the native engine), set by Typst in child processes. */
import { Refusal } from '@/lib/errors'
import { processesForUs } from './cores'
import { nameOfCharacter, unsupportedCharacters } from './glyphs'
import { createTypstPool, type Template, type TypstAnswer } from './typst-pool'

/** Everything that stands on a certificate. Values are shown as they are, in any script; nothing in them is read as markup. */
export interface CertificatePage {
  /** BCP 47; the PDF's language. */
  language: string
  title: string
  /** A second language (BCP 47) whose words stand below those of the first: `also` of the title, of sections and of rows. */
  alsoIn?: string
  also?: string
  issuer: { name: string; logo: { format: 'svg' | 'png'; base64: string } | null }
  certificateId: string
  /** ISO 8601. The day is shown as written; it is also the PDF's date, so that the same input gives the same bytes. */
  issuedAt: string
  /** 1 = as first issued. */
  version: number
  /** `changed` (previews only) sets the value in correction ink. The first value of the first section is set large. */
  sections: { title: string; also?: string; rows: PageRow[] }[]
  /** Previous doses. */
  doses: { dose: string; vaccine: string; date: string; certificateId: string }[]
  /** Number of the certificate that this one replaces. */
  replaces: string | null
  /** Printed under the QR code. */
  codeLabel: string
  /** The same in the second language, where the code is a field of the type. */
  codeAlso?: string
  code: string
  /** SVG with its quiet zone inside the viewBox. */
  qrSvg: string
  /** Width of the whole drawing, quiet zone included; 35 to 80, in large print 1.4 times that and at least 60. */
  qrMillimetres: number
  /** For example "PREVIEW – NOT VALID". */
  watermark: string | null
  paper: 'a4' | 'us-letter'
  /** large: for people who see little. Over several pages, the code and its numbers first. */
  variant: 'normal' | 'large'
  /** Who printed this copy, where and when; the time as it is to be read. null = not a counted copy. */
  printed: { facility: string | null; name: string; time: string } | null
}

export interface PageRow {
  label: string
  also?: string
  value: string
  changed?: boolean
}

/** What stands on a test strip beside its words, bars and ruler. */
export interface TestStrip {
  issuer: string
  /** Where codes are checked: "https://certificates.example/verify". */
  verifyAddress: string
  /** SVG with its quiet zone inside the viewBox; `of` says what it is like. */
  codes: {
    letter: string
    svg: string
    millimetres: number
    version: number
    of: 'small' | 'usual' | 'dense' | 'fine' | 'large'
  }[]
  paper: 'a4' | 'us-letter'
}

export interface PdfRenderer {
  /**
   * The PDF of one certificate, set by a template; without one by that of the folder. Refusals: UNSUPPORTED_CHARACTER (no shipped font draws it), VALIDATION_ERROR (more than
   * four pages, ten in large print), RENDERER_UNAVAILABLE (deadline, crash, overload). Anything else that Typst says is our error and thrown.
   */
  render(page: CertificatePage, template?: Template): Promise<Uint8Array>
  /**
   * The same pages as one SVG, one below the other, for the screen; show it as an image. Empty where only the WebAssembly
   * engine runs, which draws PDFs only. Refusals as `render`.
   */
  pictures(page: CertificatePage, template?: Template): Promise<string[]>
  /** The strip with which staff see whether their printer prints codes that scan. Refusal RENDERER_UNAVAILABLE. */
  testStrip(strip: TestStrip): Promise<Uint8Array>
  /** Ends the child processes; pages under way are refused. */
  close(): Promise<void>
}

export interface PdfRendererOptions {
  /** Child processes at most (one a core, up to 8, as many as there is memory for). Each takes up to 300 MB. */
  workers?: number
  /** Longest time for one page (5,000). */
  deadlineMs?: number
  /** Without it: native where it can be loaded, else WebAssembly. */
  engine?: 'native' | 'wasm'
  /** Folder of the certificate type, relative to the repository root. */
  folder?: string
  /** Resident bytes above which a child is replaced between two pages. */
  memoryLimit?: number
}

const MAXIMUM_PAGES = { normal: 4, large: 10 }
const MOST_WORKERS = 8
const SMALLEST_QR = 35
const LARGEST_QR = 80
/** In large print a module is half a millimetre and scans with any camera. */
const LARGE_PRINT = { enlarged: 1.4, smallest: 60, largest: 95 }
/** A run of this many characters without a space may break inside. */
const LONG_RUN = 24
const CHARACTERS_BETWEEN_BREAKS = 8
/** The code stands in large type in the narrow column of the QR code. */
const LONG_CODE = 10
/** A page that still has no glyphs after so many corrections is refused. */
const MOST_SET_APART = 50

/** A renderer with warm children (`pids` are theirs, for health and tests); create one per process. They start with the first page. */
export function createPdfRenderer(options: PdfRendererOptions = {}): PdfRenderer & { pids(): number[] } {
  const pool = createTypstPool({
    workers: options.workers ?? Math.min(processesForUs(), MOST_WORKERS),
    deadlineMs: options.deadlineMs ?? 5000,
    engine: options.engine,
    memoryLimit: options.memoryLimit,
    folder: options.folder ?? 'lib/certificate-types/VaccinationCertificate',
  })
  /** Typst puts a mark onto the letter before it, and knows no glyph where no single font has both: set apart, each has one. */
  async function run(page: CertificatePage, form: 'pdf' | 'picture', template?: Template): Promise<TypstAnswer> {
    refuseUnprintable(page)
    const apart = new Set<string>()
    for (;;) {
      const answer = await pool.run(typstInput(setApart(page, apart)), form, template)
      const missing = 'refused' in answer ? missingGlyphs(answer.refused).filter((text) => !apart.has(text)) : []
      if (missing.length === 0 || apart.size >= MOST_SET_APART) return answer
      for (const text of missing) apart.add(text)
    }
  }
  return {
    async render(page, template) {
      const answer = await run(page, 'pdf', template)
      if ('pdf' in answer) return answer.pdf
      throw errorFor('refused' in answer ? answer.refused : 'no PDF', page)
    },
    async pictures(page, template) {
      const answer = await run(page, 'picture', template)
      if ('picture' in answer) return answer.picture === null ? [] : [answer.picture]
      throw errorFor('refused' in answer ? answer.refused : 'no picture', page)
    },
    async testStrip(strip) {
      const printable = unsupportedCharacters(strip.issuer).length === 0
      const input = { ...strip, issuer: printable ? breakLongRuns(strip.issuer) : '' }
      const answer = await pool.run(input, 'pdf', 'test-strip.typ')
      if ('pdf' in answer) return answer.pdf
      throw new Error(`Typst refused the test strip: ${'refused' in answer ? answer.refused : 'no PDF'}`)
    },
    pids: pool.pids,
    close: pool.close,
  }
}

function typstInput(page: CertificatePage): object {
  const [, ...subtags] = page.language.split('-')
  return {
    ...page,
    region: subtags.find((subtag) => /^[a-z]{2}$/i.test(subtag))?.toUpperCase() ?? null,
    issuer: {
      name: breakLongRuns(page.issuer.name),
      logo: page.issuer.logo && logoInput(page.issuer.logo),
    },
    sections: page.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, value: breakLongRuns(row.value) })),
    })),
    doses: page.doses.map((dose) => ({ ...dose, vaccine: breakLongRuns(dose.vaccine) })),
    code: breakLongRuns(page.code, LONG_CODE, 1),
    qrMillimetres: qrWidth(page),
    printed: page.printed && {
      ...page.printed,
      facility: page.printed.facility && breakLongRuns(page.printed.facility),
      name: breakLongRuns(page.printed.name),
    },
    maximumPages: MAXIMUM_PAGES[page.variant],
  }
}

function qrWidth({ qrMillimetres, variant }: CertificatePage): number {
  const usual = Math.min(Math.max(qrMillimetres, SMALLEST_QR), LARGEST_QR)
  if (variant === 'normal') return usual
  return Math.min(Math.max(usual * LARGE_PRINT.enlarged, LARGE_PRINT.smallest), LARGE_PRINT.largest)
}

/** Typst reads bytes from a string or from numbers; it knows no base64. */
function logoInput(logo: NonNullable<CertificatePage['issuer']['logo']>): object {
  const file = Buffer.from(logo.base64, 'base64')
  return { format: logo.format, bytes: logo.format === 'svg' ? file.toString('utf8') : [...file] }
}

/** Zero-width spaces between whole characters as readers see them, so that an endless name wraps and stays off the QR code. */
function breakLongRuns(text: string, long = LONG_RUN, step = CHARACTERS_BETWEEN_BREAKS): string {
  return text.replace(/[^\s\u200b]+/gu, (run) => {
    if (run.length < long) return run
    const characters = [...new Intl.Segmenter().segment(run)].map((part) => part.segment)
    return characters.map((one, at) => (at > 0 && at % step === 0 ? '\u200b' + one : one)).join('')
  })
}

/** The page with zero-width spaces between the characters of these texts and on both sides. */
function setApart(page: CertificatePage, texts: Set<string>): CertificatePage {
  const apart = (value: string) =>
    [...texts].reduce((result, text) => result.replaceAll(text, `\u200b${[...text].join('\u200b')}\u200b`), value)
  return {
    ...page,
    issuer: { ...page.issuer, name: apart(page.issuer.name) },
    sections: page.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, value: apart(row.value) })),
    })),
    doses: page.doses.map((dose) => ({ ...dose, vaccine: apart(dose.vaccine) })),
    printed: page.printed && {
      ...page.printed,
      facility: page.printed.facility && apart(page.printed.facility),
      name: apart(page.printed.name),
    },
    code: apart(page.code),
  }
}

function refuseUnprintable(page: CertificatePage) {
  const texts: (string | null)[] = [
    page.title,
    page.also ?? null,
    page.issuer.name,
    page.certificateId,
    page.replaces,
    page.codeLabel,
    page.codeAlso ?? null,
    page.code,
    page.watermark,
    page.printed?.facility ?? null,
    page.printed?.name ?? null,
    ...page.sections.flatMap(({ title, also = null, rows }) => [
      title,
      also,
      ...rows.flatMap((row) => [row.label, row.also ?? null, row.value]),
    ]),
    ...page.doses.flatMap((dose) => Object.values(dose)),
  ]
  const [character] = unsupportedCharacters(texts.join('\n'))
  if (character !== undefined) throw unprintable(character)
}

/** Typst's own words for a missing glyph: some clusters have none though each of their characters does. */
const MISSING_GLYPH = /the text `"(.+?)"` could not be displayed/gsu

/** The texts that Typst names, out of Rust's debug print. */
function missingGlyphs(refused: string): string[] {
  const escapes: Record<string, string> = { t: '\t', n: '\n', r: '\r' }
  return [...refused.matchAll(MISSING_GLYPH)].map(([, print]) =>
    print!.replace(/\\(?:u\{([0-9a-f]+)\}|(.))/gsu, (_, code?: string, one = '') =>
      code ? String.fromCodePoint(parseInt(code, 16)) : (escapes[one] ?? one),
    ),
  )
}

function errorFor(refused: string, { variant }: CertificatePage): Error {
  if (refused.includes('TOO_MANY_PAGES')) {
    return new Refusal(
      'VALIDATION_ERROR',
      `The certificate would need more than ${MAXIMUM_PAGES[variant]} pages. Shorten its texts.`,
    )
  }
  const [missing] = missingGlyphs(refused)
  if (missing !== undefined) return unprintable(missing)
  const withoutData = refused.replace(/`[^`]*`|"[^"]*"/g, '…')
  return new Error(`Typst refused the certificate: ${withoutData}`)
}

function unprintable(characters: string): Refusal {
  const names = [...characters].slice(0, 4).map(nameOfCharacter).join(' + ')
  return new Refusal('UNSUPPORTED_CHARACTER', `The character ${names} cannot be printed on a certificate.`)
}
