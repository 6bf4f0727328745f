/** Reads a PDF as another program would (pdf.js): its facts, its texts with their places, and its picture. */
import { createCanvas } from '@napi-rs/canvas'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { PDFPageProxy, StructTreeNode, TextItem } from 'pdfjs-dist/types/src/display/api'

export interface ReadPdf {
  info: Record<string, unknown>
  tagged: boolean
  /** What the document asks of a viewer, null when it asks nothing. */
  viewerPreferences: Record<string, unknown> | null
  pages: ReadPage[]
}

export interface ReadPage {
  /** Runs of visible text in the order of the file; x, y (from the bottom), width and size of type in points. */
  runs: { text: string; x: number; y: number; width: number; size: number }[]
  /** The runs in one string, joined without spaces, zero-width spaces left out. */
  text: string
  /** Roles of the structure tree, depth first, with alternative texts: "Figure: QR code". */
  roles: string[]
  /** The page at so many dots per inch. */
  png(dpi: number): Promise<Uint8Array>
}

/** Opens the bytes; throws where they are no PDF. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise
  const { info } = await pdf.getMetadata()
  const mark = await pdf.getMarkInfo()
  const pages: ReadPage[] = []
  // One after the other: read at the same time, pdf.js loses letters of fonts that pages share.
  for (let number = 1; number <= pdf.numPages; number++) pages.push(await readPage(await pdf.getPage(number)))
  const viewerPreferences = (await pdf.getViewerPreferences()) as ReadPdf['viewerPreferences']
  return { info: info as Record<string, unknown>, tagged: Boolean(mark?.Marked), viewerPreferences, pages }
}

async function readPage(page: PDFPageProxy): Promise<ReadPage> {
  const items = (await page.getTextContent()).items.filter((item): item is TextItem => 'str' in item)
  const visible = items.filter((item) => item.str.trim() !== '')
  const tree = await page.getStructTree()
  return {
    runs: visible.map((item) => ({
      text: item.str,
      x: item.transform[4],
      y: item.transform[5],
      width: item.width,
      size: item.height,
    })),
    text: items
      .map((item) => item.str)
      .join('')
      .replaceAll('\u200b', ''),
    roles: tree ? rolesOf(tree) : [],
    png: async (dpi) => {
      const viewport = page.getViewport({ scale: dpi / 72 })
      const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
      await page.render({ canvas: canvas as unknown as HTMLCanvasElement, viewport }).promise
      // Not encode(): on a thread of its own it now and then takes the process down.
      return canvas.toBuffer('image/png')
    },
  }
}

function rolesOf(node: StructTreeNode): string[] {
  const alt = (node as { alt?: string }).alt
  const own = node.role ? [alt === undefined ? node.role : `${node.role}: ${alt}`] : []
  return [...own, ...node.children.flatMap((child) => ('children' in child ? rolesOf(child) : []))]
}
