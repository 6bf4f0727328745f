/** The options of proofs and their hash. All credentials that one key signs within a second have the same: they are worked out once. */
import { canonicalForm, type Program, type Rules } from './canonical'

export class ProofHash {
  private last: { program: Program; options: object; hash: string } | undefined

  constructor(private readonly rules: Rules) {}

  /** Of the canonical form, as hexadecimal digits. Null where the program does not cover the options. */
  of(program: Program, options: object): string | null {
    if (this.last?.program === program && haveTheSame(this.last.options, options)) return this.last.hash
    const form = canonicalForm(program, options, this.rules)
    if (form === null) return null
    const unchanging = Object.isFrozen(options) ? options : { ...options }
    this.last = { program, options: unchanging, hash: this.rules.hash(form) }
    return this.last.hash
  }
}

/** What `make` gave for a key and a second, for as long as the same is asked for. Nobody changes it. */
export class OfThisSecond<T extends object> {
  private last: { key: object; second: number; made: T } | undefined

  /** `make` is given the second as proofs have it: YYYY-MM-DDTHH:MM:SSZ. */
  of(key: object, at: Date, make: (created: string) => T): T {
    const second = Math.floor(at.getTime() / 1000)
    if (this.last?.second !== second || this.last.key !== key) {
      this.last = { key, second, made: make(`${at.toISOString().slice(0, 19)}Z`) }
    }
    return this.last.made
  }
}

/** Whether two flat objects have the same members. */
function haveTheSame(one: object, other: object): boolean {
  if (one === other) return true
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && one[name as keyof typeof one] === other[name as keyof typeof other],
    )
  )
}
