/** A database server of one test file's own, with the product's schema: to be killed, starved and filled up. */
import { rmSync } from 'node:fs'
import { startDatabase } from '@/lib/embedded/postgres.mjs'
import { applyMigrations } from '@/lib/migrate.mjs'
import { temporaryFolder } from '../temporary-folder'

export interface OwnServer {
  /** Of the migrated database; the same after a restart. */
  url: string
  dataDir: string
  /** kill -9 of the server process. */
  kill(): void
  /** Starts it again where it was. */
  restart(): ReturnType<typeof startDatabase>
  /** The server as it was started. */
  first: Awaited<ReturnType<typeof startDatabase>>
  stop(): Promise<void>
  /** Stops it and removes its files. */
  close(): Promise<void>
}

export async function ownServer({
  settings,
  dataDir = temporaryFolder('errata-own-'),
}: { settings?: Record<string, string>; dataDir?: string } = {}): Promise<OwnServer> {
  const start = () => startDatabase({ dataDir, settings })
  const first = await start()
  let server = first
  await applyMigrations(server.url)
  return {
    url: server.url,
    first,
    dataDir,
    kill: () => process.kill(server.pid, 'SIGKILL'),
    async restart() {
      server = await start()
      return server
    },
    stop: () => server.stop(),
    async close() {
      await server.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
