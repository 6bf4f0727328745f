/** The hash of proof options. All credentials that one key signs within a second have the same: it is worked out once. */
import { canonicalForm, type Program, type Rules } from './canonical'

export class ProofHash {
  private last: { program: Program; options: object; hash: string } | undefined

  constructor(private readonly rules: Rules) {}

  /** Of the canonical form, as hexadecimal digits. Null where the program does not cover the options. */
  of(program: Program, options: object): string | null {
    if (this.last?.program === program && haveTheSame(this.last.options, options)) return this.last.hash
    const form = canonicalForm(program, options, this.rules)
    if (form === null) return null
    this.last = { program, options: { ...options }, hash: this.rules.hash(form) }
    return this.last.hash
  }
}

/** Whether two flat objects have the same members. */
function haveTheSame(one: object, other: object): boolean {
  const names = Object.keys(one)
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && one[name as keyof typeof one] === other[name as keyof typeof other],
    )
  )
}
