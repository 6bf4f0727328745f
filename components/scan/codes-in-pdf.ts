/** The codes on the pages of a PDF, drawn in the browser. Loaded with the first PDF. */
import {
  getDocument,
  GlobalWorkerOptions,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  type PDFPageProxy,
} from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { FileCodes } from './codes-in-file'
import { readCodes } from './read-codes'

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/legacy/build/pdf.worker.min.mjs', import.meta.url).href

/** Fetches the part that comes with the first PDF otherwise. Rejects when it cannot be had. */
export async function loadPdfReader(): Promise<void> {
  const answer = await fetch(GlobalWorkerOptions.workerSrc)
  if (!answer.ok) throw new Error('The PDF reader did not come.')
  await answer.arrayBuffer()
}

const PAGES = 5
/** A printed code has four dots of 300 dpi a module: enough at half of that, and sharper where it is small. */
const DOTS_PER_INCH = [150, 300]
const POINTS_PER_INCH = 72
/** A page may call itself as large as it likes; a browser's memory has an end. */
const MOST_PIXELS = 20e6
/** Of a picture on a page: larger ones are left out. */
const MOST_DOTS = 64e6
/** For all pages together. What unpacks without end is given up then. */
const PATIENCE_MS = 30_000

/** What the QR codes of the first pages say. */
export async function codesInPdf(data: Uint8Array): Promise<FileCodes> {
  // The letters do not matter here. Nothing is fetched for them, and no fonts of the file are installed.
  const task = getDocument({
    data,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
    maxImageSize: MOST_DOTS,
  })
  // Ended, everything that is asked of it rejects.
  const patience = setTimeout(() => void task.destroy(), PATIENCE_MS)
  try {
    return await codesIn(task)
  } finally {
    clearTimeout(patience)
    await task.destroy()
  }
}

async function codesIn(task: PDFDocumentLoadingTask): Promise<FileCodes> {
  let pdf: PDFDocumentProxy
  try {
    pdf = await task.promise
  } catch (error) {
    return { problem: error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'unreadable' }
  }
  try {
    const codes: string[] = []
    for (let number = 1; number <= Math.min(pdf.numPages, PAGES); number++) {
      codes.push(...(await codesOnPage(await pdf.getPage(number))))
    }
    return codes.length > 0 ? { codes } : { problem: 'no_code' }
  } catch {
    return { problem: 'unreadable' }
  }
}

async function codesOnPage(page: PDFPageProxy): Promise<string[]> {
  for (const dpi of DOTS_PER_INCH) {
    const codes = await readCodes(await drawn(page, dpi / POINTS_PER_INCH), true)
    if (codes.length > 0) return codes
  }
  return []
}

async function drawn(page: PDFPageProxy, scale: number): Promise<ImageData> {
  const plain = page.getViewport({ scale: 1 })
  const most = Math.sqrt(MOST_PIXELS / (plain.width * plain.height))
  const viewport = page.getViewport({ scale: Math.min(scale, most) })
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(viewport.width)
  canvas.height = Math.ceil(viewport.height)
  await page.render({ canvas, viewport }).promise
  return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
}
