/** Tells whether node_modules already holds what package-lock.json asks for, whoever put it there. */

/**
 * Compares package-lock.json with npm's own note of what it installed, `node_modules/.package-lock.json` (both
 * lockfileVersion 3: path → package). Optional packages for other machines may be missing, the ones for this machine not.
 * @param {{ packages: Record<string, LockedPackage> }} lock
 * @param {{ packages: Record<string, LockedPackage> }} installed
 * @param {{ os: string, cpu: string }} machine as `process.platform` and `process.arch` name them
 * @returns {boolean}
 *
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[], libc?: string[] }} LockedPackage
 */
export function holdsPackages(lock, installed, machine) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true // the project itself
    const found = installed.packages[path]
    if (!found) return Boolean(wanted.optional) && !isMadeFor(wanted, machine)
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/** Only a package that names its machine can be expected there; those for one C library are npm's choice. */
function isMadeFor({ os, cpu, libc }, machine) {
  return Boolean(os?.includes(machine.os) && cpu?.includes(machine.cpu)) && !libc
}
