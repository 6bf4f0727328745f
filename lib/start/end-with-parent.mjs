/**
 * Loaded into the web server and the worker before anything else: when the start program dies, even by kill -9, the pipe
 * to standard input closes, and the program ends in good order instead of living on without supervision.
 */
import './unwritable-output.mjs'

const FORCE_AFTER_MS = 10_000

// Next hands the flags of its process on to those it starts (its compiler's, in development), whose input is closed from the
// beginning: only the process that the start program itself began is meant.
if (process.ppid === Number(process.env.START_PID)) {
  process.stdin.on('end', endInOrder)
  process.stdin.on('error', endInOrder)
  process.stdin.resume()
  process.stdin.unref?.()
}

function endInOrder() {
  setTimeout(() => process.exit(1), FORCE_AFTER_MS).unref()
  process.kill(process.pid, 'SIGTERM')
}
