/**
 * Before each file of the database tests, which share their processes so that packages are loaded once: what the file before
 * left in this process is gone. Its modules, what they keep beside themselves, its processes that set pages, its environment.
 */
import { vi } from 'vitest'

interface Kept {
  atFirst?: NodeJS.ProcessEnv
  errataRenderer?: { close(): Promise<void> }
  errataTrialRenderer?: { close(): Promise<void> }
}

const place = globalThis as typeof globalThis & Kept
place.atFirst ??= { ...process.env }

await Promise.all([place.errataRenderer?.close(), place.errataTrialRenderer?.close()])
for (const name of Object.keys(place)) if (name.startsWith('errata')) Reflect.deleteProperty(place, name)
for (const name of Object.keys(process.env)) {
  // What it left under way still looks for its settings.
  if (!(name in place.atFirst || name === 'DATABASE_URL' || name === 'LOG_LEVEL')) delete process.env[name]
}
Object.assign(process.env, place.atFirst)
vi.resetModules()
