/**
 * Asks browsers to compile what a page begins with while it is being fetched, beside everything else they do. Otherwise they
 * read each function twice, the second time on the thread that draws the page, in the moment in which it is first called.
 * https://v8.dev/blog/explicit-compile-hints; to other browsers it is a comment.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const COMPILE_HINT = '//# allFunctionsCalledOnLoad'

const MANIFEST = /_client-reference-manifest\.js$/

/**
 * Writes the hint into every script that some page of Next's begins with. What is fetched later is left as it is.
 * @param {string} pages the folder that Next built into
 * @returns {number} how many scripts have it now
 */
export function hintPages(pages) {
  const { rootMainFiles } = JSON.parse(readFileSync(join(pages, 'build-manifest.json'), 'utf8'))
  const manifests = readdirSync(join(pages, 'server', 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => MANIFEST.test(file))
    .map((file) => readFileSync(join(pages, 'server', 'app', file), 'utf8'))
  const scripts = new Set([...rootMainFiles, ...manifests.flatMap(beginsWith)])
  for (const script of scripts) hintScript(join(pages, script))
  return scripts.size
}

/** The scripts in one of Next's lists: `globalThis.__RSC_MANIFEST["…"] = {…}`. */
function beginsWith(manifest) {
  const { entryJSFiles } = JSON.parse(manifest.slice(manifest.indexOf('] = ') + 4).replace(/;\s*$/, ''))
  return Object.values(entryJSFiles).flat()
}

/** Writes the hint into one script. */
export function hintScript(file) {
  const script = readFileSync(file, 'utf8')
  if (!script.startsWith(COMPILE_HINT)) writeFileSync(file, `${COMPILE_HINT}\n${script}`)
}
