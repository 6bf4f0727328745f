/** Reading exports: line by line with the place of each, and single lines again. A country's registry does not fit into memory. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Place } from './rows'

/** The longest line that is read as one: a certificate fits into a QR code. */
const LONGEST_LINE = 1024 * 1024

export interface Line extends Place {
  /** null = too long to be a row. */
  text: string | null
}

/** The lines of the files that are not empty. `digest` is told every byte. Throws an Error when a file cannot be read. */
export async function* linesOf(files: readonly string[], digest: Hash): AsyncGenerator<Line> {
  for (const [file, name] of files.entries()) {
    digest.update(`\0${file}\0`)
    yield* linesOfOne(file, name, digest)
  }
}

async function* linesOfOne(file: number, name: string, digest: Hash): AsyncGenerator<Line> {
  let line = 0
  let offset = 0
  let pending: Buffer[] = []
  let pendingLength = 0
  const ended = (rest: Buffer): Line | null => {
    const length = pendingLength + rest.length
    const text =
      length > LONGEST_LINE
        ? null
        : Buffer.concat([...pending, rest])
            .toString('utf8')
            .trim()
    const found = { file, line: ++line, offset, length, text }
    pending = []
    pendingLength = 0
    offset += length + 1
    return text === '' ? null : found
  }
  for await (const chunk of createReadStream(name, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    digest.update(chunk)
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const found = ended(chunk.subarray(from, at))
      if (found) yield found
      from = at + 1
    }
    // What is too long is counted and not kept.
    if (pendingLength <= LONGEST_LINE) pending.push(chunk.subarray(from))
    pendingLength += chunk.length - from
  }
  const last = pendingLength > 0 ? ended(Buffer.alloc(0)) : null
  if (last) yield last
}

export function digestOf(parts: readonly string[]): Hash {
  const digest = createHash('sha256')
  for (const part of parts) digest.update(`${part}\0`)
  return digest
}

/** Reads single lines again. */
export class Lines {
  private constructor(private readonly handles: FileHandle[]) {}

  static async open(files: readonly string[]): Promise<Lines> {
    return new Lines(await Promise.all(files.map((file) => open(file))))
  }

  async at({ file, offset, length }: Place): Promise<string> {
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.handles[file]!.read(buffer, 0, length, offset)
    if (bytesRead !== length) throw new Error('The file was changed while it was imported.')
    return buffer.toString('utf8').trim()
  }

  async close(): Promise<void> {
    await Promise.all(this.handles.map((handle) => handle.close()))
  }
}
