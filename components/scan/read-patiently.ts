/** Looks at a picture in several sizes and sharpnesses until it can be read. */
import { resampled, type Picture } from './resample'
import { sharpened } from './sharpen'

/** What a browser on a phone can still hold at once. */
const MOST_PIXELS = 16e6
/** Sharpening takes its time, and pictures with more pixels are sharp enough or hopeless. */
const MOST_TO_SHARPEN = 6e6

/**
 * What the codes in a picture say: as it is, then sharper, then larger (pictures of 100 dpi are read only then), then both,
 * then smaller (where a blur becomes small too). None when it cannot be read in any way. The order is that of the time it
 * takes for what it brings (decode-rate.bench.ts).
 */
export async function readPatiently(
  picture: Picture,
  read: (picture: Picture) => Promise<string[]>,
): Promise<string[]> {
  for (const look of looksAt(picture)) {
    const codes = await read(look())
    if (codes.length > 0) return codes
  }
  return []
}

function looksAt(picture: Picture): (() => Picture)[] {
  const pixels = picture.width * picture.height
  const larger = [3, 2].find((scale) => pixels * scale * scale <= MOST_PIXELS)
  return [
    () => picture,
    ...(pixels <= MOST_TO_SHARPEN ? [() => sharpened(picture, 1.5, 2)] : []),
    ...(larger ? [() => resampled(picture, larger)] : []),
    ...(pixels * 4 <= MOST_TO_SHARPEN ? [() => sharpened(resampled(picture, 2), 3, 2)] : []),
    () => resampled(picture, 0.5),
    () => resampled(picture, 0.25),
  ]
}
