/** Fetches the broker for tests: jars from Maven Central, kept outside git, fetched again only when the pom changes. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../start/bundle.mjs'
import { run } from '../../start/run.mjs'

const POM = join(root, 'lib', 'testing', 'kafka', 'pom.xml')
const LEAST_JAVA = 17

/** The folder of the jars, whether they are there or not. */
export function jarsFolder() {
  const version = createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 12)
  return join(root, '.build', 'kafka', version)
}

/**
 * Makes the broker available.
 * @param {string} [folder] where its jars are, or go
 * @returns {Promise<string | null>} null when it is; else, in one line, why it cannot be had on this machine
 */
export async function fetchBroker(folder = jarsFolder()) {
  const java = await javaVersion()
  if (java === null) return `there is no Java (${LEAST_JAVA} or later) to run a broker`
  if (java < LEAST_JAVA) return `Java ${java} is too old for a broker; it needs ${LEAST_JAVA} or later`
  if (existsSync(folder)) return null
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  try {
    await run('mvn', 'mvn', [
      ...['--batch-mode', '--quiet', '--file', POM],
      'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies',
      ...['-DincludeScope=runtime', `-DoutputDirectory=${part}`],
    ])
  } catch (error) {
    rmSync(part, { recursive: true, force: true })
    const reason = error.message.split('\n').find((line) => /ENOENT|\[ERROR\]/.test(line)) ?? error.message
    return `Maven could not fetch the broker (${reason.replace('[ERROR] ', '').slice(0, 160)})`
  }
  renameSync(part, folder)
  return null
}

async function javaVersion() {
  try {
    const settings = await run('java', 'sh', ['-c', 'java -XshowSettings:properties -version 2>&1'])
    return Number(/java\.specification\.version = (?:1\.)?(\d+)/.exec(settings)?.[1] ?? 0)
  } catch {
    return null
  }
}
