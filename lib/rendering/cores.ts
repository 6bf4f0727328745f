/** How many processors and processes of its own this process may keep busy. */
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'

/** What a container may use (cgroup v2: "quota period" in microseconds, "max" = all; v1 has a file for each, -1 = all). */
const CGROUP2 = '/sys/fs/cgroup/cpu.max'
const CGROUP1 = ['/sys/fs/cgroup/cpu/cpu.cfs_quota_us', '/sys/fs/cgroup/cpu/cpu.cfs_period_us']

/**
 * Whole cores, at least one: those of the machine that we may run on, or what our container is given of their time. Node itself
 * counts the latter from version 22 on.
 */
export function coresForUs(limit = containerLimit()): number {
  const [quota, period] = (limit ?? '').trim().split(/\s+/).map(Number)
  const given = quota! > 0 && period! > 0 ? Math.ceil(quota! / period!) : Infinity
  return Math.max(1, Math.min(availableParallelism(), given))
}

/** What a web server takes itself, with the pages that it keeps, and what a process that sets pages may take at most. */
const OWN_BYTES = 600e6
const BYTES_EACH = 350e6

/** Processes that there are cores and memory for, at least one. `memory`: bytes that our container is given. */
export function processesForUs(cores = coresForUs(), memory = process.constrainedMemory()): number {
  const room = memory > 0 ? Math.floor((memory - OWN_BYTES) / BYTES_EACH) : Infinity
  return Math.max(1, Math.min(cores, room))
}

/** "quota period"; null where there is no such limit. */
function containerLimit(): string | null {
  if (existsSync(CGROUP2)) return readFileSync(CGROUP2, 'utf8')
  if (!CGROUP1.every((path) => existsSync(path))) return null
  return CGROUP1.map((path) => readFileSync(path, 'utf8').trim()).join(' ')
}
