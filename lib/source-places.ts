/**
 * Where in our sources something stands that a stack names by its place in a bundle. Node would do it by itself
 * (--enable-source-maps), but reads every map when a program starts, for an error that may never happen.
 */
import { existsSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The end of a line of a stack: file, line and column, both counted from 1. */
const PLACE = /(file:\/\/\S+|(?:[A-Za-z]:)?[\\/][^()]*?):(\d+):(\d+)(?=\)?$)/

/** Bundle -> its map; null where there is none. They are few: those in which errors happened. */
const maps = new Map<string, SourceMap | null>()

/**
 * The line with the place in the source where a map beside the bundle knows it; else the line as it is. Never throws: whoever asks
 * is telling of another error.
 */
export function withSourcePlace(frame: string): string {
  try {
    return frame.replace(PLACE, inSource)
  } catch {
    return frame
  }
}

function inSource(place: string, named: string, line: string, column: string): string {
  const file = named.startsWith('file:') ? fileURLToPath(named) : named
  const found = mapOf(file)?.findEntry(Number(line) - 1, Number(column) - 1)
  if (found === undefined || !('originalSource' in found)) return place
  const source = join(dirname(file), found.originalSource)
  return `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`
}

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file)
  if (known !== undefined) return known
  maps.set(file, null) // stays so where the map is half written: it is read once
  const path = `${file}.map`
  const map = existsSync(path) ? new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as SourceMapPayload) : null
  maps.set(file, map)
  return map
}
