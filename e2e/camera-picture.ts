/** What Chromium's false camera shows: a film of one picture, in which a QR code is held before the lens. */
import { writeFileSync } from 'node:fs'
import { drawQr } from '../lib/rendering/qr'

const WIDTH = 1280
const HEIGHT = 720

/** Writes a film (YUV4MPEG2) in which the code with this value stands in the middle. */
export function filmOf(value: string, file: string): void {
  const { modules } = drawQr(value)
  const dots = Math.floor((HEIGHT * 0.86) / (modules.length + 8))
  const side = modules.length * dots
  const light = Buffer.alloc(WIDTH * HEIGHT, 120)
  const [left, top] = [Math.floor((WIDTH - side) / 2), Math.floor((HEIGHT - side) / 2)]
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [column, row] = [Math.floor((x - left) / dots), Math.floor((y - top) / dots)]
      const onPaper = column >= -4 && row >= -4 && column < modules.length + 4 && row < modules.length + 4
      if (onPaper) light[y * WIDTH + x] = modules[row]?.[column] ? 30 : 225
    }
  }
  // No colours: both are at their middle.
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`)
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, colours])
  writeFileSync(file, Buffer.concat([head, frame, frame]))
}
