/** What is wrong with a schema, collected with its places in it. */
import { Refusal, type RefusalDetail } from '@/lib/errors'

/** Notes what is wrong at a place: a JSON Pointer into the schema. */
export type Wrong = (place: string, message: string) => void

export class WrongSchema {
  private readonly details: RefusalDetail[] = []

  readonly add: Wrong = (place, message) => {
    if (this.details.length < 50)
      this.details.push({ index: 0, path: `/schema${place}`, code: 'VALIDATION_ERROR', message })
  }

  /** Refusal VALIDATION_ERROR when anything is. */
  throwIfAny(): void {
    const [first] = this.details
    if (first) throw new Refusal('VALIDATION_ERROR', `${first.path}: ${first.message}`, this.details)
  }
}
