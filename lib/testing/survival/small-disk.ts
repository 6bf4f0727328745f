/** A disk that can really be full: a small file system in memory, where this user may mount one. */
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from '../temporary-folder'

export interface SmallDisk {
  folder: string
  /** Writes until nothing more goes in. */
  fill(): void
  /** Makes room again. */
  free(): void
  remove(): void
}

/** Null where no file system can be mounted (not Linux, or not root). */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = temporaryFolder('errata-disk-')
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'errata', folder])
  if (status !== 0) {
    rmSync(folder, { recursive: true })
    return null
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const file = openSync(filler, 'a')
      for (const bytes of [1 << 20, 1 << 12, 1]) {
        const block = Buffer.alloc(bytes)
        while (writes(file, block));
      }
      closeSync(file)
    },
    free: () => rmSync(filler, { force: true }),
    remove() {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writes(file: number, block: Buffer): boolean {
  try {
    return writeSync(file, block) === block.length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    return false
  }
}
