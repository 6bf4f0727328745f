/** Java programs of the broker's jars, as processes that end with ours. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { jarsFolder } from './jars.mjs'

/** Short lives: what would make a program fast after minutes costs more than it gives. */
const OPTIONS = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dlog4j2.level=INFO']

/**
 * Starts a program. A shell stands between: when we are gone, its input closes, and it ends the program.
 * @param {string[]} args options of Java, class, arguments
 */
export function javaProcess(args) {
  const script = 'exec 3<&0; java "$@" & program=$!; { cat <&3; kill -9 $program; } >/dev/null 2>&1 & wait $program'
  const child = spawn('sh', ['-c', script, 'sh', ...OPTIONS, '-cp', join(jarsFolder(), '*'), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  const listeners = new Set()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000)
      for (const listener of listeners) listener(said)
    })
  }
  return {
    ended: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
    /** kill -9 */
    kill: () => child.stdin.end(),
    said: () => said,
    onSaid: (listener) => listeners.add(listener),
  }
}

/** Runs a program to its end. Throws with what it said when it fails. */
export async function runJava(args) {
  const program = javaProcess(args)
  if ((await program.ended) !== 0) throw new Error(`${args[0]} failed:\n${program.said()}`)
}
