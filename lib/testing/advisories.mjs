/**
 * `npm run check:advisories`: asks the registry for known weaknesses of every locked package. High and critical ones fail,
 * but for those that .config/advisories.json excuses for a while:
 * `[{"advisory": "GHSA-…", "package": "…", "until": "2027-01-31", "why": "…"}]`.
 * Ends with 0 when nothing was found, 1 when something was, and 2 when the registry could not be asked: then nothing is known.
 * With `--where-possible` it ends with 0 there, too, and says in capitals that nothing was checked: for places without a
 * registry that answers this question.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from '../start/bundle.mjs'

/**
 * @typedef {object} Excuse
 * @property {string} advisory id, GHSA-…
 * @property {string} package
 * @property {string} until the last day (UTC) on which it holds
 * @property {string} why
 *
 * @typedef {{ name: string, id: string, severity: string, title: string, range: string }} Finding
 */

const SERIOUS = ['high', 'critical']

/**
 * What `npm audit --json` (report version 2) found, one entry for an advisory and package.
 * @param {any} report
 * @returns {Finding[] | null} null when this is no report: the registry was not asked
 */
export function findingsIn(report) {
  const counted = report?.metadata?.dependencies?.total
  if (report?.auditReportVersion !== 2 || typeof report.vulnerabilities !== 'object' || !(counted > 0)) return null
  const all = Object.values(report.vulnerabilities).flatMap(({ via = [] }) =>
    // A text names another package of the report, which has the advisory itself.
    via.filter((one) => typeof one === 'object'),
  )
  const findings = all.map(({ name, url = '', source, severity, title, range }) => {
    return { name, id: /GHSA-[\w-]+/.exec(url)?.[0] ?? String(source), severity, title, range }
  })
  return [...new Map(findings.map((one) => [`${one.id} ${one.name}`, one])).values()]
}

/**
 * What has to be dealt with, a sentence each.
 * @param {Finding[]} findings
 * @param {Excuse[]} excuses
 * @param {string} today UTC, as 2026-11-21
 * @returns {string[]}
 */
export function judgeFindings(findings, excuses, today) {
  const wrong = findings
    .filter(({ severity }) => SERIOUS.includes(severity))
    .flatMap(({ name, id, severity, title, range }) => {
      const excuse = excuses.find((one) => one.advisory === id && one.package === name)
      const said = `${name} ${range}: ${severity}, ${title} (${id})`
      if (!excuse) return [`${said}.`]
      return excuse.until < today ? [`${said}. The excuse ended on ${excuse.until}: ${excuse.why}`] : []
    })
  const unneeded = excuses.filter(
    (one) => !findings.some(({ id, name }) => id === one.advisory && name === one.package),
  )
  return [...wrong, ...unneeded.map((one) => `${one.package}: the excuse for ${one.advisory} is not needed any more.`)]
}

/** @param {unknown} excuses */
export function isExcuseList(excuses) {
  return (
    Array.isArray(excuses) &&
    excuses.every(
      (one) => one.advisory && one.package && /^\d{4}-\d\d-\d\d$/.test(one.until) && String(one.why).length >= 20,
    )
  )
}

function askRegistry() {
  const npm = spawnSync('npm', ['audit', '--json'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120_000,
    maxBuffer: 2 ** 28,
  })
  try {
    const report = JSON.parse(npm.stdout)
    return { findings: findingsIn(report), reason: report.message ?? report.error?.summary ?? 'it gave no report' }
  } catch {
    return { findings: null, reason: npm.error?.message ?? 'npm gave no answer' }
  }
}

function main() {
  const excuses = JSON.parse(readFileSync(join(root, '.config', 'advisories.json'), 'utf8'))
  if (!isExcuseList(excuses)) {
    console.error('.config/advisories.json: every entry needs advisory, package, until (a day) and why (a sentence).')
    return 1
  }
  const { findings, reason } = askRegistry()
  if (findings === null) {
    const said = `ADVISORIES NOT CHECKED: the registry could not be asked (${reason}). Nothing is known about weaknesses of the packages; run npm run check:advisories where it can be.`
    console.error(said)
    return process.argv.includes('--where-possible') ? 0 : 2
  }
  const problems = judgeFindings(findings, excuses, new Date().toISOString().slice(0, 10))
  const less = findings.filter(({ severity }) => !SERIOUS.includes(severity)).length
  console.log([...problems, `${findings.length} advisories, ${less} of them below high.`].join('\n'))
  console.log(
    problems.length === 0
      ? 'No advisory has to be dealt with.'
      : 'Update the packages, or excuse for a while what does no harm here.',
  )
  return problems.length === 0 ? 0 : 1
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) process.exitCode = main()
