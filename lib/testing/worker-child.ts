/** Worker processes of tests: waited for until they say where they are, and killed as the machine would. */
import type { ChildProcess } from 'node:child_process'

/** Resolves when the child sends `word`. Throws when it ends before that. */
export async function says(child: ChildProcess, word: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => message === word && resolve())
    child.once('exit', (status) => reject(new Error(`The worker ended (${status}) before it said "${word}".`)))
  })
}

/** kill -9, and the end waited for. A child that has ended already is left alone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
