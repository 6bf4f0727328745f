/** How many pictures of 210 different certificates the scanner reads, with the settings it has in the browser. */
import { readBarcodes } from 'zxing-wasm/reader'
import { drawQr } from '@/lib/rendering/qr'
import { prepareReader } from '@/lib/rendering/scan'
import { printTable, quantile } from '@/lib/testing/measure'
import { certificateCode } from '@/lib/testing/qr-certificates'
import { photograph, randomFrom, type Circumstances } from '@/lib/testing/qr-photographs'
import { QUICK, THOROUGH } from './reader-options'
import { readPatiently } from './read-patiently'
import type { Picture } from './resample'

/** As certificates are printed (lib/rendering/qr.ts). */
const MILLIMETRES_PER_MODULE = 0.34
const MILLIMETRES_PER_INCH = 25.4

type Kind = (random: () => number) => Circumstances

const between = (random: () => number, low: number, high: number) => low + (high - low) * random()

/** A page on a flatbed scanner, put on it at any angle. */
const scannedAt =
  (dpi: number): Kind =>
  (random) => ({
    pixelsPerModule: (MILLIMETRES_PER_MODULE / MILLIMETRES_PER_INCH) * dpi,
    rotation: between(random, 0, 360),
    tilt: [0, 0],
    blur: between(random, 0.2, 0.6),
    noise: between(random, 0, 8),
    contrast: between(random, 0.75, 1),
    shade: between(random, 0, 0.1),
  })

/** A hand with a phone. */
const photographed =
  (pixels: [number, number], blur: [number, number], tilt: number): Kind =>
  (random) => ({
    pixelsPerModule: between(random, ...pixels),
    rotation: between(random, -35, 35),
    tilt: [between(random, -tilt, tilt), between(random, -tilt, tilt)],
    blur: between(random, ...blur),
    noise: between(random, 4, 20),
    contrast: between(random, 0.5, 0.95),
    shade: between(random, 0, 0.5),
  })

const KINDS: [name: string, count: number, kind: Kind][] = [
  ['scanned page, 72 dpi (1.0 px a module)', 10, scannedAt(72)],
  ['scanned page, 100 dpi (1.3 px)', 20, scannedAt(100)],
  ['scanned page, 150 dpi (2.0 px)', 30, scannedAt(150)],
  ['scanned page, 200 dpi (2.7 px)', 30, scannedAt(200)],
  ['scanned page, 300 dpi (4.0 px)', 30, scannedAt(300)],
  ['photograph, close and sharp (4-6 px, tilt to 20°)', 30, photographed([4, 6], [0.3, 0.8], 20)],
  ['photograph, usual (3-4 px, tilt to 15°)', 30, photographed([3, 4], [0.4, 1], 15)],
  ['photograph, poor (2.5-3.5 px, blur to 1.4, tilt to 30°)', 30, photographed([2.5, 3.5], [0.8, 1.4], 30)],
]

await prepareReader()
const rows: string[][] = []
let made = 0
const seen = new Set<string>()
const bySize = new Map<string, { read: number; of: number }>()
const byScript = new Map<string, { read: number; of: number }>()
const sums = { count: 0, camera: 0, file: 0 }
for (const [name, count, kind] of KINDS) {
  const tally = { camera: 0, file: 0, cameraMs: [] as number[], fileMs: [] as number[] }
  for (let index = 0; index < count; index++) {
    const random = randomFrom(++made)
    const { value, script } = certificateCode(made)
    if (seen.has(value)) throw new Error('Every certificate is another one.')
    seen.add(value)
    const qr = drawQr(value)
    const picture = photograph(qr, kind(random), random)
    const isRead = async (reading: Promise<string[]>, times: number[]) => {
      const start = performance.now()
      const texts = await reading
      times.push(performance.now() - start)
      return texts.includes(qr.value)
    }
    if (await isRead(read(picture, QUICK), tally.cameraMs)) tally.camera++
    const patiently = readPatiently(picture, (one) => read(one, THOROUGH))
    const fromFile = await isRead(patiently, tally.fileMs)
    if (fromFile) tally.file++
    const { version } = qr
    counted(
      bySize,
      version < 36 ? 'version 30 to 35' : version < 39 ? 'version 36 to 38' : 'version 39 and 40',
      fromFile,
    )
    counted(byScript, script, fromFile)
  }
  const median = (times: number[]) =>
    quantile(
      times.sort((a, b) => a - b),
      0.5,
    ).toFixed(0)
  rows.push([
    name,
    String(count),
    of(tally.file, count),
    median(tally.fileMs),
    of(tally.camera, count),
    median(tally.cameraMs),
  ])
  sums.count += count
  sums.camera += tally.camera
  sums.file += tally.file
}
rows.push(['all', String(sums.count), of(sums.file, sums.count), '', of(sums.camera, sums.count), ''])
printTable(['pictures', 'number', 'read from a file', 'median ms', 'read in one camera frame', 'median ms'], rows)

console.log('')
printTable(
  ['codes', 'number', 'read from a file'],
  [...[...bySize].sort(), ...byScript].map(([name, { read, of: all }]) => [name, String(all), of(read, all)]),
)

async function read(picture: Picture, options: typeof QUICK): Promise<string[]> {
  const found = await readBarcodes(picture as ImageData, options)
  return found.filter(({ isValid }) => isValid).map(({ text }) => text)
}

function counted(counts: Map<string, { read: number; of: number }>, name: string, isRead: boolean): void {
  const { read, of } = counts.get(name) ?? { read: 0, of: 0 }
  counts.set(name, { read: read + (isRead ? 1 : 0), of: of + 1 })
}

function of(read: number, count: number): string {
  return `${((100 * read) / count).toFixed(0)} %`
}
