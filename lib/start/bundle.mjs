/** Turns a TypeScript entry into one .mjs that Node runs as it is. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/**
 * Bundles our own sources; packages stay outside and are found in node_modules from where the result stands.
 * @param {string} entry relative to the root, or absolute
 * @param {string} outfile absolute, somewhere below the root
 * @param {import('esbuild').Plugin[]} [plugins] for an entry that finds some of its parts in another way
 */
export async function bundleEntry(entry, outfile, plugins = []) {
  const { build } = await import('esbuild') // not before npm ci
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    alias: { '@': root },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Beside the bundle: read for an error (lib/source-places.ts), not at every start.
    sourcemap: 'linked',
    logLevel: 'warning',
    plugins,
  })
}

/** Ends esbuild's own process, which would stay for as long as we do. Not while a bundle is under way: it would hang. */
export async function endBundling() {
  const { stop } = await import('esbuild')
  await stop()
}
