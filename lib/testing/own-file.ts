/**
 * Before each file of the database tests, which share their processes so that packages are loaded once: what the file before
 * left in this process is gone. Its modules, what they keep beside themselves, and its environment.
 */
import { vi } from 'vitest'

const place = globalThis as typeof globalThis & { atFirst?: NodeJS.ProcessEnv }
place.atFirst ??= { ...process.env }

for (const name of Object.keys(process.env)) {
  // What it left under way still looks for its settings.
  if (!(name in place.atFirst || name === 'DATABASE_URL' || name === 'LOG_LEVEL')) delete process.env[name]
}
Object.assign(process.env, place.atFirst)
for (const name of Object.keys(globalThis)) if (name.startsWith('errata')) Reflect.deleteProperty(globalThis, name)
vi.resetModules()
