/** A renderer that sets each page once, as long as it has room to keep what came out. */
import { metrics } from '@/lib/operations/metrics'
import { keptByContent } from './kept'
import type { CertificatePage, PdfRenderer } from './pdf'
import type { Template } from './typst-pool'

/** Of PDFs, and of pictures: a usual one has about 80 kB, so these are some hundreds of those that were asked for last. */
const MOST_BYTES = 64e6

/**
 * For pages of certificates, which do not change: the same page in the same template is the same bytes. The engine and its fonts
 * are those of this process and die with it, as what is kept does.
 */
export function keptPages(renderer: PdfRenderer): Pick<PdfRenderer, 'render' | 'pictures'> {
  const pdfs = keptByContent<Uint8Array>(MOST_BYTES, ({ length }) => length)
  const pictures = keptByContent<string[]>(MOST_BYTES, (pages) => pages.join('').length)
  return {
    render: (page, template) => pdfs.of(contentOf(page, template), () => timed('pdf', renderer.render(page, template))),
    pictures: (page, template) =>
      pictures.of(contentOf(page, template), () => timed('picture', renderer.pictures(page, template))),
  }
}

async function timed<T>(form: 'pdf' | 'picture', setting: Promise<T>): Promise<T> {
  const done = metrics.pageSeconds.startTimer({ form })
  const result = await setting
  done()
  return result
}

/** A template's key is the checksum of its files. */
function contentOf(page: CertificatePage, template: Template | undefined): string[] {
  return [JSON.stringify(page), template?.key ?? '', template?.main ?? '']
}
