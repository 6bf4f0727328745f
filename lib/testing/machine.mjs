/** What figures were measured on, in one line. */
import { cpus, totalmem } from 'node:os'

export function machine() {
  const [{ model }] = cpus()
  return `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
}
