/** What became of the keys of a configuration: names of keys, placeholders and codes, never a value of a person. */

export type Outcome = 'taken' | 'differs' | 'not_taken'

export interface Note {
  /** The key of etcd, or the name of the file. */
  key: string
  outcome: Outcome
  /** Where in it, or in the certificate: JSON Pointer or name; null = the whole. */
  place: string | null
  message: string
}

export class Notes {
  readonly all: Note[] = []

  add(outcome: Outcome, key: string, place: string | null, message: string): void {
    const note = { key, outcome, place, message }
    // Both templates may say the same of one name.
    if (!this.all.some((other) => JSON.stringify(other) === JSON.stringify(note))) this.all.push(note)
  }
}
