/** The codes in a file that somebody opened, dropped or pasted: a picture, a PDF, or the credential itself. Nothing is uploaded. */
import type * as Pdf from './codes-in-pdf'
import { pictureSize } from './picture-size'
import { loadReader, readCodes } from './read-codes'
import { readPatiently } from './read-patiently'

export type FileProblem = 'no_code' | 'unreadable' | 'locked' | 'too_large' | 'not_loaded'

export type FileCodes = { codes: string[] } | { problem: FileProblem }

const LARGEST_FILE = 40e6
/** A credential is far smaller. */
const LARGEST_JSON = 256 * 1024
/** Unpacked a dot has four bytes. Phones make pictures of up to 50 million dots without being asked for more. */
const MOST_DOTS = 64e6
/** In these the size stands, behind what a camera tells of itself. */
const HEAD = 512 * 1024
/** Longest side that is looked at as it is. A phone's picture has 4,000. */
const LONGEST_SIDE = 4200

/** What the QR codes in a file say. Never rejects for what is in the file. */
export async function codesInFile(file: Blob): Promise<FileCodes> {
  if (file.size > LARGEST_FILE) return { problem: 'too_large' }
  const start = new TextDecoder('latin1').decode(await file.slice(0, 1024).arrayBuffer())
  if (/^\s*\{/.test(start)) {
    return file.size > LARGEST_JSON ? { problem: 'too_large' } : { codes: [await file.text()] }
  }
  try {
    await loadReader()
  } catch {
    return { problem: 'not_loaded' }
  }
  return start.includes('%PDF-') ? codesInPdf(file) : codesInPicture(file)
}

async function codesInPdf(file: Blob): Promise<FileCodes> {
  let pdf: typeof Pdf
  try {
    pdf = await import('./codes-in-pdf')
  } catch {
    return { problem: 'not_loaded' }
  }
  return pdf.codesInPdf(new Uint8Array(await file.arrayBuffer()))
}

async function codesInPicture(file: Blob): Promise<FileCodes> {
  const size = pictureSize(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()))
  if (!size) return { problem: 'unreadable' }
  if (size.width * size.height > MOST_DOTS) return { problem: 'too_large' }
  let bitmap: ImageBitmap
  try {
    bitmap = await createImageBitmap(file)
  } catch {
    return { problem: 'unreadable' }
  }
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
    const codes = await readPatiently(pixelsOf(bitmap, scale), (picture) => readCodes(picture, true))
    return codes.length > 0 ? { codes } : { problem: 'no_code' }
  } finally {
    bitmap.close()
  }
}

/** On white: the transparent parts of a picture would be black, and with them the code's margin. */
function pixelsOf(bitmap: ImageBitmap, scale: number): ImageData {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
