/**
 * What the JSON-LD library makes of contexts that stand within others (scoped to a word or a type), kept from document to
 * document. The library looks for it by the object that was in force before; two things make that object new each time, and
 * both are met here. Runs in browsers too.
 */

/** What is in force at a place of a document, as the library has it. Nobody changes it once it is made. */
export interface ActiveContext {
  mappings: Map<string, { '@context'?: unknown } | null>
  /** In force again further down, where a type's context has its end. */
  previousContext?: ActiveContext
  clone(): ActiveContext
  revertToPreviousContext(this: ActiveContext): ActiveContext
}

/** What the library made of a context. */
export interface Processed {
  context: ActiveContext
}

/** Of a context within another one, there. */
class Scoped {
  private within?: Processed
  private untilItsEnd?: Processed

  constructor(
    readonly document: object,
    private readonly around: ActiveContext,
  ) {}

  /** A type's context comes after a copy of what is around it, made to go back to that: a new one each time. */
  getProcessed(before: ActiveContext): Processed | undefined {
    if (before === this.around) return this.within
    return before.previousContext === this.around ? this.untilItsEnd : undefined
  }

  setProcessed(before: ActiveContext, processed: Processed): void {
    if (before === this.around) this.within = processed
    else if (before.previousContext === this.around) this.untilItsEnd = processed
    else return
    noteScoped(processed.context)
  }
}

/** Of some vocabularies; a document may nest them in ways without number. Then it begins again. */
const MOST = 256

let kept = new WeakMap<ActiveContext, WeakMap<object, Scoped>>()
let count = 0

/** Contexts within what was made of pinned ones. Those that stand in a document itself are its own, and may be changed. */
const ours = new WeakSet<object>()

/** For a context that stands within one in force; null for one that nothing is kept of. */
export function keptWithin(around: ActiveContext, context: unknown): Scoped | null {
  if (typeof context !== 'object' || context === null || !ours.has(context)) return null
  const known = kept.get(around)?.get(context)
  if (known) return known
  if (++count > MOST) {
    kept = new WeakMap()
    count = 1
  }
  const scoped = new Scoped(context, around)
  const there = kept.get(around) ?? new WeakMap<object, Scoped>()
  kept.set(around, there.set(context, scoped))
  return scoped
}

/** Takes down which contexts stand within one that is kept, and sees to it that the way back from it is the same each time. */
export function noteScoped(context: ActiveContext): void {
  for (const mapping of context.mappings.values()) {
    const scoped = mapping?.['@context']
    if (typeof scoped === 'object' && scoped !== null) ours.add(scoped)
  }
  context.revertToPreviousContext = goBack
}

/** Where each goes back to. */
const behind = new WeakMap<ActiveContext, ActiveContext>()

/** As the library's own, which makes another copy whenever it goes back. */
function goBack(this: ActiveContext): ActiveContext {
  if (!this.previousContext) return this
  const known = behind.get(this)
  if (known) return known
  const copy = this.previousContext.clone()
  noteScoped(copy)
  behind.set(this, copy)
  return copy
}
