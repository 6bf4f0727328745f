/** Pictures of printed QR codes as scanners and cameras make them: turned, tilted, blurred, noisy, unevenly lit. Same seed, same picture. */
import type { Picture } from '@/components/scan/resample'
import type { QrCode } from '@/lib/rendering/qr'

export interface Circumstances {
  pixelsPerModule: number
  /** Degrees. */
  rotation: number
  /** Degrees out of the plane, about both axes. */
  tilt: [number, number]
  /** Standard deviation in pixels. */
  blur: number
  /** Standard deviation in grey levels of 256. */
  noise: number
  /** 1 = black on white; below, black is grey and white is dull. */
  contrast: number
  /** How much darker one side is than the other, 0 to 1. */
  shade: number
}

const QUIET = 4
/** Table around the paper, in modules. */
const AROUND = 6
/** Rays for each pixel and axis. */
const RAYS = 3

/** A photograph of a code under these circumstances. `random` gives numbers from 0 to 1. */
export function photograph(qr: QrCode, at: Circumstances, random: () => number): Picture {
  const paper = qr.modules.length + 2 * QUIET
  const side = Math.ceil((paper + 2 * AROUND) * Math.SQRT2 * at.pixelsPerModule)
  const grey = new Float32Array(side * side)
  const look = cameraOver(paper, side, at)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let light = 0
      for (let ray = 0; ray < RAYS * RAYS; ray++) {
        const [u, v] = look(x + ((ray % RAYS) + 0.5) / RAYS, y + (Math.floor(ray / RAYS) + 0.5) / RAYS)
        light += lightAt(qr.modules, paper, u, v)
      }
      grey[y * side + x] = light / (RAYS * RAYS)
    }
  }
  return developed(blurred(grey, side, at.blur), side, at, random)
}

/** From a pixel to the place on the paper (in modules, from its corner) that is seen there. */
function cameraOver(paper: number, side: number, { pixelsPerModule, rotation, tilt }: Circumstances) {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const [turn, about, across] = [radians(rotation), radians(tilt[0]), radians(tilt[1])]
  const distance = paper * 2.2
  return (x: number, y: number): [number, number] => {
    const [px, py] = [(x - side / 2) / pixelsPerModule, (y - side / 2) / pixelsPerModule]
    // The plane of the paper leans away: what is further is smaller.
    const depth = distance / (distance - px * Math.sin(across) - py * Math.sin(about))
    const [lx, ly] = [(px * depth) / Math.cos(across), (py * depth) / Math.cos(about)]
    return [
      lx * Math.cos(turn) + ly * Math.sin(turn) + paper / 2,
      ly * Math.cos(turn) - lx * Math.sin(turn) + paper / 2,
    ]
  }
}

/** 1 = white paper, 0 = black module, between = the table. */
function lightAt(modules: boolean[][], paper: number, u: number, v: number): number {
  if (u < 0 || v < 0 || u >= paper || v >= paper) return 0.55
  return modules[Math.floor(v) - QUIET]?.[Math.floor(u) - QUIET] ? 0 : 1
}

function blurred(grey: Float32Array, side: number, sigma: number): Float32Array {
  if (sigma < 0.05) return grey
  const reach = Math.ceil(sigma * 3)
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, index) =>
    Math.exp(-((index - reach) ** 2) / (2 * sigma ** 2)),
  )
  const sum = kernel.reduce((a, b) => a + b)
  const pass = (from: Float32Array, step: number) => {
    const to = new Float32Array(from.length)
    for (let at = 0; at < from.length; at++) {
      const along = step === 1 ? at % side : Math.floor(at / side)
      let value = 0
      kernel.forEach((weight, index) => {
        const place = Math.min(side - 1, Math.max(0, along + index - reach))
        value += weight * from[at + (place - along) * step]!
      })
      to[at] = value / sum
    }
    return to
  }
  return pass(pass(grey, 1), side)
}

function developed(
  grey: Float32Array,
  side: number,
  { noise, contrast, shade }: Circumstances,
  random: () => number,
): Picture {
  const data = new Uint8ClampedArray(side * side * 4)
  grey.forEach((light, at) => {
    const lit = 1 - shade * ((at % side) / side)
    const level = (0.5 + (light - 0.5) * contrast) * lit * 255 + noise * normal(random)
    data.fill(level, at * 4, at * 4 + 3)
    data[at * 4 + 3] = 255
  })
  return { width: side, height: side, data }
}

/** Normally distributed (Box and Muller). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
