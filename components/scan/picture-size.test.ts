import { encode } from 'fast-png'
import { expect, test } from 'vitest'
import { pictureSize } from './picture-size'

const bytes = (text: string) => Uint8Array.from(text.replaceAll(' ', '').match(/../g)!, (two) => parseInt(two, 16))

test('a PNG tells its size in its first bytes, also one that would fill the memory', () => {
  expect(pictureSize(encode({ width: 7, height: 3, data: new Uint8Array(7 * 3 * 4) }))).toEqual({ width: 7, height: 3 })
  const bomb = encode({ width: 1, height: 1, data: new Uint8Array(4) })
  new DataView(bomb.buffer, bomb.byteOffset).setUint32(16, 60_000)
  new DataView(bomb.buffer, bomb.byteOffset).setUint32(20, 50_000)
  expect(pictureSize(bomb)).toEqual({ width: 60_000, height: 50_000 })
})

// Headers as cameras and converters write them, the pictures themselves cut off.
test.each([
  ['JPEG with EXIF before the frame', 'ffd8 ffe1 0006 45786966 ffc4 0004 0000 ffc2 0011 08 0bd0 0fc0 03', 4032, 3024],
  ['GIF', '474946383961 4001 f000 f70000', 320, 240],
  ['BMP, top down', '424d 00000000 0000 0000 36000000 28000000 80020000 20feffff 0100', 640, 480],
  ['WebP, lossy', '52494646 00000000 57454250 56503820 00000000 300100 9d012a 8002 e001', 640, 480],
  ['WebP, lossless', '52494646 00000000 57454250 5650384c 00000000 2f 7fc27700 00', 640, 480],
  ['WebP, extended', '52494646 00000000 57454250 56503858 0a000000 10000000 7f0200 df0100', 640, 480],
  [
    'HEIC, of tiles',
    '00000018 66747970 68656963 00000000 69737065 00000000 00000200 00000200 69737065 00000000 00000fc0 00000bd0',
    4032,
    3024,
  ],
])('the size of a %s', (_kind, hex, width, height) => {
  expect(pictureSize(bytes(hex))).toEqual({ width, height })
})

test('what is no picture has no size: text, a page, a program, a picture that is cut short', () => {
  for (const text of [
    '<svg width="9" height="9"/>',
    '%PDF-1.7',
    'MZ\u0090',
    '',
    '\u00ff\u00d8\u00ff\u00e0',
    '\u0089PNG\r\n\u001a\n',
  ]) {
    expect(pictureSize(Uint8Array.from(text, (letter) => letter.charCodeAt(0)))).toBeNull()
  }
})
