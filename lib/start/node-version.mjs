/** The versions of Node that this program runs on. Written so that an old Node still reads it and can say so. */

/**
 * Null when the version is supported, else a sentence for the person at the terminal. Supported: 20.19+, 22.12+, 24+.
 * @param {string} version for example "20.20.2"
 */
export function complaintAbout(version) {
  const parts = version.split('.').map(Number)
  const major = parts[0]
  const minor = parts[1]
  const supported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24
  if (supported) return null
  return `Errata runs on Node.js 20.19 or newer, 22.12 or newer, or 24 and later. This is Node.js ${version}: install one of those from https://nodejs.org and start again.`
}
