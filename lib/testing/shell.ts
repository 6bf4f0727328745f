/** Runs what a documentation tells people to type. */
import { spawn } from 'node:child_process'

export interface ShellResult {
  code: number | null
  output: string
  errors: string
}

/** Runs a script in bash, in a folder of its own choice. */
export function runShell(
  script: string,
  { folder, env = {} }: { folder: string; env?: Record<string, string> },
): Promise<ShellResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', script], { cwd: folder, env: { ...process.env, ...env } })
    let output = ''
    let errors = ''
    child.stdout.on('data', (chunk) => (output += String(chunk)))
    child.stderr.on('data', (chunk) => (errors += String(chunk)))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output, errors }))
  })
}
