/** Keeps what is typed into a form as a draft on the server: a second after the last key, one request at a time, again when it failed. */
import { ApiError } from '@/lib/api/call'
import type { DraftContent } from '@/lib/desk/answers'
import { isEmptyDraft } from './draft-content'

export type DraftState =
  /** Nothing to keep. */
  | { kind: 'none' }
  /** Typed, and not saved yet. */
  | { kind: 'saving' }
  /** Everything is saved; `at`: since this instant. */
  | { kind: 'saved'; at: string }
  /** No answer came; it is tried again by itself. */
  | { kind: 'offline' }
  /** Another window or computer saved a draft of the same certificate since. */
  | { kind: 'elsewhere' }
  /** The server does not take it, and would not the next time. */
  | { kind: 'refused' }
  /** The session is over. */
  | { kind: 'signedOut' }

/** How drafts reach the server. */
export interface DraftDoor {
  save(
    certificateId: string,
    draft: DraftContent & { form: string; after: string | null },
    leaving: boolean,
  ): Promise<{ savedAt: string }>
  drop(certificateId: string): Promise<unknown>
  /** When the draft that is there was saved; null without one. */
  lastSaved(certificateId: string): Promise<string | null>
}

const PAUSE = 1000
const RETRY_FIRST = 2000
const RETRY_LAST = 30_000
const NOTHING: DraftState = { kind: 'none' }

export class DraftKeeper {
  state: DraftState = NOTHING
  private certificateId: string | null = null
  private form = ''
  private after: string | null = null
  /** What was noted last, as JSON, to know whether anything was typed. */
  private noted = ''
  private unsaved: DraftContent | null = null
  private running: Promise<void> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private failures = 0
  private readonly listeners = new Set<() => void>()

  constructor(
    private readonly door: DraftDoor,
    private readonly newForm: () => string,
  ) {}

  /**
   * A form opens with this content, or goes on at the check and back. `savedAt`: of the draft that it shows; null when it
   * starts from the certificate.
   */
  begin(certificateId: string, content: DraftContent, savedAt: string | null): void {
    const known = savedAt === null || (this.after !== null && savedAt <= this.after)
    if (this.isFor(certificateId) && this.state.kind !== 'none' && known) return
    // What the form before did not get rid of goes on its way; its end is not waited for.
    if (this.unsaved && this.state.kind !== 'elsewhere') void this.run()
    this.forget()
    this.certificateId = certificateId
    this.form = this.newForm()
    this.after = savedAt
    this.noted = JSON.stringify(content)
    this.show(savedAt === null ? NOTHING : { kind: 'saved', at: savedAt })
  }

  isFor(certificateId: string): boolean {
    return this.certificateId === certificateId
  }

  /** The form is left; its draft stays on the server. */
  close(): void {
    this.forget()
  }

  /** What the form holds now. */
  note(content: DraftContent): void {
    const text = JSON.stringify(content)
    if (text === this.noted || this.certificateId === null) return
    this.noted = text
    if (this.after === null && !this.running && isEmptyDraft(content)) {
      // Typed and taken back before anything was saved.
      this.unsaved = null
      clearTimeout(this.timer)
      return this.show(NOTHING)
    }
    this.unsaved = content
    if (this.state.kind === 'elsewhere') return
    if (this.state.kind !== 'offline') this.show({ kind: 'saving' })
    this.in(PAUSE)
  }

  /** Saves at once what is not saved. Answers whether everything is. `leaving`: the page is about to go. */
  async flush(leaving = false): Promise<boolean> {
    clearTimeout(this.timer)
    await this.running
    if (this.unsaved && this.state.kind !== 'elsewhere') await this.run(leaving)
    return this.unsaved === null
  }

  /** Is there anything that would be lost? */
  get isUnsaved(): boolean {
    return this.unsaved !== null
  }

  /** Forgets the draft, here and on the server. Answers whether the server has forgotten it; else everything stays as it was. */
  async discard(): Promise<boolean> {
    const { certificateId } = this
    clearTimeout(this.timer)
    await this.running
    if (certificateId === null) return true
    try {
      await this.door.drop(certificateId)
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.show({ kind: 'signedOut' })
      else if (this.unsaved) this.in(PAUSE)
      return false
    }
    if (this.certificateId === certificateId) this.forget()
    return true
  }

  /** The correction was sent, and the server has forgotten its draft: only a save that is still on its way would bring it back. */
  async sent(): Promise<void> {
    if (this.running) await this.discard()
    this.forget()
  }

  /** After `elsewhere`: what stands here takes the place of the other draft. */
  async overwrite(): Promise<void> {
    if (this.certificateId === null) return
    this.after = await this.door.lastSaved(this.certificateId)
    this.show({ kind: 'saving' })
    await this.run()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private forget(): void {
    clearTimeout(this.timer)
    this.certificateId = null
    this.unsaved = null
    this.after = null
    this.failures = 0
    this.noted = ''
    this.show(NOTHING)
  }

  private in(milliseconds: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.flush(), milliseconds)
  }

  private run(leaving = false): Promise<void> {
    this.running ??= this.saveAll(leaving).finally(() => (this.running = null))
    return this.running
  }

  /** Saves until nothing new was typed meanwhile. */
  private async saveAll(leaving: boolean): Promise<void> {
    const { certificateId, form } = this
    while (this.unsaved && this.form === form && certificateId !== null) {
      const content = this.unsaved
      try {
        const savedAt = await this.put(certificateId, content, leaving)
        if (this.form !== form || this.certificateId === null) return
        this.after = savedAt
        this.failures = 0
        if (this.unsaved === content) this.unsaved = null
        if (this.unsaved === null) this.show(savedAt === null ? NOTHING : { kind: 'saved', at: savedAt })
      } catch (error) {
        if (this.form === form && this.certificateId !== null) this.fail(error)
        return
      }
    }
  }

  private async put(certificateId: string, content: DraftContent, leaving: boolean): Promise<string | null> {
    if (isEmptyDraft(content)) {
      await this.door.drop(certificateId)
      return null
    }
    return (await this.door.save(certificateId, { ...content, form: this.form, after: this.after }, leaving)).savedAt
  }

  private fail(error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0
    if (error instanceof ApiError && error.body.code === 'DRAFT_CHANGED') return this.show({ kind: 'elsewhere' })
    if (status === 401) return this.show({ kind: 'signedOut' })
    if (status >= 400 && status < 500 && status !== 429) return this.show({ kind: 'refused' })
    this.show({ kind: 'offline' })
    this.in(Math.min(RETRY_FIRST * 2 ** this.failures++, RETRY_LAST))
  }

  private show(state: DraftState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
