/** Looks at a picture in several sizes until it can be read. */
import { resampled, type Picture } from './resample'

/** What a browser on a phone can still hold at once. */
const MOST_PIXELS = 16e6

/**
 * What the codes in a picture say: as it is, then larger (pictures of 100 dpi are read only then), then smaller (where a
 * blur becomes small too). None when it cannot be read in any size.
 */
export async function readPatiently(
  picture: Picture,
  read: (picture: Picture) => Promise<string[]>,
): Promise<string[]> {
  for (const scale of [1, ...largerFor(picture), 0.5, 0.25]) {
    const codes = await read(scale === 1 ? picture : resampled(picture, scale))
    if (codes.length > 0) return codes
  }
  return []
}

function largerFor({ width, height }: Picture): number[] {
  return [3, 2].filter((scale) => width * height * scale * scale <= MOST_PIXELS).slice(0, 1)
}
