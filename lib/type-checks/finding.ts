/** What is wrong with a certificate type, or worth knowing, and where. */

export interface Finding {
  /** JSON Pointer into type.json ("/sections/0/fields/3/codeList"), or "/files/<name>". */
  path: string
  message: string
}

/** Collects findings. */
export class Findings {
  readonly errors: Finding[] = []
  readonly warnings: Finding[] = []

  error(path: string | readonly (string | number)[], message: string): void {
    this.errors.push({ path: pointerOf(path), message })
  }

  warn(path: string | readonly (string | number)[], message: string): void {
    this.warnings.push({ path: pointerOf(path), message })
  }
}

/** RFC 6901. */
function pointerOf(path: string | readonly (string | number)[]): string {
  if (typeof path === 'string') return path
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
