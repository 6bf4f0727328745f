/**
 * `npm run check:licences`: whether every package that the product is delivered with has a licence that we may deliver.
 * What is allowed, and every exception with its reason, stands in .config/licences.json.
 */
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../start/bundle.mjs'

/**
 * @typedef {object} Policy
 * @property {string[]} allowed SPDX identifiers
 * @property {{ packages: string[], licence: string | null, why: string }[]} exceptions for exactly this licence; a name may end
 *   with "*"; null = the lock file knows none
 *
 * @typedef {{ packages: Record<string, { license?: string, dev?: boolean, devOptional?: boolean }> }} Lock
 */

/**
 * What is wrong, a sentence each, and how many packages have which licence. An exception that no package needs any more is
 * wrong, too: the list is what somebody signs.
 * @param {Lock} lock
 * @param {Policy} policy
 * @returns {{ problems: string[], counts: Record<string, number> }}
 */
export function judgeLicences(lock, { allowed, exceptions }) {
  /** @type {Record<string, number>} */
  const counts = {}
  const problems = []
  const needed = new Set()
  for (const [path, { license, dev, devOptional }] of Object.entries(lock.packages)) {
    if (path === '' || dev || devOptional) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const said = license ?? null
    counts[said ?? 'not said'] = (counts[said ?? 'not said'] ?? 0) + 1
    if (said !== null && isAllowed(said, allowed)) continue
    const exception = exceptions.find(
      // "Apache-2.0 AND LGPL-3.0-or-later" needs the exception for the part that is not allowed.
      ({ packages, licence }) =>
        packages.some((pattern) => fits(name, pattern)) &&
        (licence === said || (licence !== null && said !== null && isAllowed(said, [...allowed, licence]))),
    )
    if (exception) exception.packages.filter((pattern) => fits(name, pattern)).forEach((pattern) => needed.add(pattern))
    else problems.push(`${name}: ${said ?? 'no licence is said'}, and that is not allowed.`)
  }
  const unneeded = exceptions.flatMap(({ packages }) => packages).filter((pattern) => !needed.has(pattern))
  return {
    problems: [...problems, ...unneeded.map((name) => `${name}: the exception is not needed any more.`)],
    counts,
  }
}

/** An SPDX expression of AND, OR and brackets one level deep, which is all that packages write. */
function isAllowed(expression, allowed) {
  const terms = expression.replace(/^\((.*)\)$/, '$1').split(' OR ')
  return terms.some((term) => term.split(' AND ').every((one) => allowed.includes(one.replaceAll(/[()]/g, '').trim())))
}

function fits(name, pattern) {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const read = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'))
  const policy = read('.config', 'licences.json')
  const { problems, counts } = judgeLicences(read('package-lock.json'), policy)
  for (const [licence, count] of Object.entries(counts).sort(([, a], [, b]) => b - a)) {
    console.log(`${String(count).padStart(5)}  ${licence}`)
  }
  for (const { packages, licence, why } of policy.exceptions) {
    console.log(`\nException: ${packages.join(', ')} (${licence ?? 'not said'})\n  ${why}`)
  }
  console.log(problems.length === 0 ? '\nEvery licence is allowed.' : `\n${problems.join('\n')}`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
