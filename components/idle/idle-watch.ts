/** Watches whether somebody is there, keeps the session alive while somebody is, and tells when it is about to end. */

export type IdleState =
  | { kind: 'here' }
  | { kind: 'warning'; secondsLeft: number; longest: boolean }
  /** `elsewhere`: ended by somebody (signed out, another person signed in), not by the clock. */
  | { kind: 'over'; elsewhere: boolean }

/** When a session ends (milliseconds; 0 = now), and which one it is. */
export interface SessionEnd {
  endsAt: number
  session: string
}

/** What the watch needs of the world around it. */
export interface IdleWorld {
  /** Renews the session. Answers null when it is over; throws when no answer comes. */
  renew(): Promise<{ secondsLeft: number; longest: boolean; session: string } | null>
  /** Tells the other windows. */
  tellEnd(end: SessionEnd): void
  now(): number
}

const WARN_SECONDS = 120
/** While somebody is there the session is renewed this often. */
const RENEW_EVERY = 60_000
/** Until the server has said how long the session lasts. */
const ASSUMED = 14 * 60_000
/** What a page asks later than this after the last touch, it asks by itself. */
const ATTENDED = 60_000

export class IdleWatch {
  state: IdleState = { kind: 'here' }
  private endsAt: number
  private longest = false
  /** Known after the first answer. */
  private session: string | null = null
  private touchedAt: number
  private renewedAt: number
  private timer: ReturnType<typeof setTimeout> | undefined
  private renewal: ReturnType<typeof setTimeout> | undefined
  private readonly listeners = new Set<() => void>()

  constructor(private readonly world: IdleWorld) {
    this.touchedAt = world.now()
    this.renewedAt = world.now()
    this.endsAt = world.now() + ASSUMED
  }

  /** Asks for the end of the session, in a turn of its own: in this one the page comes to life. */
  start(): void {
    this.schedule()
    this.renewAfter(0)
  }

  stop(): void {
    clearTimeout(this.timer)
    clearTimeout(this.renewal)
    this.renewal = undefined
  }

  /** Somebody did something on this page. In the warning only its buttons count. */
  touched(): void {
    if (this.state.kind !== 'here') return
    this.touchedAt = this.world.now()
    if (this.longest || this.renewal !== undefined) return
    this.renewAfter(Math.max(0, this.renewedAt + RENEW_EVERY - this.touchedAt))
  }

  /** Nobody has touched the page for a while. */
  isUnattended(): boolean {
    return this.world.now() - this.touchedAt > ATTENDED
  }

  /** Looks at the clock: timers are late on computers that slept. */
  check(): void {
    this.schedule()
  }

  /** Another window says when the session ends. A session that is not ours means that ours is over. */
  told({ endsAt, session }: SessionEnd): void {
    if (this.session === null) return
    if (session === this.session ? endsAt === 0 : endsAt > this.world.now()) return this.end(true)
    if (session !== this.session) return
    this.endsAt = endsAt
    this.schedule()
  }

  /** Signs out everywhere: the other windows hear that this session is over. */
  signedOut(): void {
    if (this.session !== null) this.world.tellEnd({ endsAt: 0, session: this.session })
  }

  /** Asks the server for more time. Answers whether it gave some; false also when no answer came. */
  async renew(): Promise<boolean> {
    const asked = this.world.now()
    let answer: Awaited<ReturnType<IdleWorld['renew']>>
    try {
      answer = await this.world.renew()
    } catch {
      // No answer: the session lasts as long as it did, and the next touch asks again.
      return false
    }
    if (this.state.kind === 'over') return false
    if (answer === null || (this.session ?? answer.session) !== answer.session) {
      this.end(true)
      return false
    }
    this.session = answer.session
    this.renewedAt = asked
    this.longest = answer.longest
    this.endsAt = asked + answer.secondsLeft * 1000
    this.world.tellEnd({ endsAt: this.endsAt, session: answer.session })
    this.schedule()
    return this.state.kind === 'here'
  }

  /** "Stay signed in." */
  async stay(): Promise<boolean> {
    this.touchedAt = this.world.now()
    return this.renew()
  }

  /** The session is over; `elsewhere`: not by the clock of this window. */
  end(elsewhere: boolean): void {
    if (this.state.kind === 'over') return
    this.stop()
    this.show({ kind: 'over', elsewhere })
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private renewAfter(wait: number): void {
    this.renewal = setTimeout(() => {
      this.renewal = undefined
      // A computer that slept meanwhile: the touch was long ago.
      if (this.world.now() - this.touchedAt < RENEW_EVERY + 30_000) void this.renew()
    }, wait)
  }

  private schedule(): void {
    clearTimeout(this.timer)
    if (this.state.kind === 'over') return
    const left = this.endsAt - this.world.now()
    if (left <= 0) return this.end(false)
    const warn = WARN_SECONDS * 1000
    if (left > warn) {
      if (this.state.kind !== 'here') this.show({ kind: 'here' })
      this.timer = setTimeout(() => this.schedule(), left - warn)
    } else {
      this.show({ kind: 'warning', secondsLeft: Math.ceil(left / 1000), longest: this.longest })
      this.timer = setTimeout(() => this.schedule(), left % 1000 || 1000)
    }
  }

  private show(state: IdleState): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
