/** The end of a session: never while somebody is there, always when nobody is, with a warning of two minutes. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { IdleWatch, type SessionEnd } from './idle-watch'

const MINUTE = 60_000

/** A server whose sessions last 15 minutes from the last renewal, and 12 hours at most. */
class Session {
  endsAt = Date.now() + 15 * MINUTE
  longestAt = Date.now() + 12 * 60 * MINUTE
  renewals = 0
  reachable = true
  name = 'session 1'
  told: SessionEnd[] = []

  renew() {
    if (!this.reachable) return Promise.reject(new Error('away'))
    if (Date.now() >= this.endsAt) return Promise.resolve(null)
    this.renewals++
    this.endsAt = Math.min(Date.now() + 15 * MINUTE, this.longestAt)
    const longest = this.endsAt === this.longestAt
    return Promise.resolve({ secondsLeft: Math.floor((this.endsAt - Date.now()) / 1000), longest, session: this.name })
  }

  tellEnd(end: SessionEnd) {
    this.told.push(end)
  }

  now() {
    return Date.now()
  }
}

let session: Session
let watch: IdleWatch

const passes = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const kinds = () => watch.state.kind

beforeEach(async () => {
  vi.useFakeTimers()
  session = new Session()
  watch = new IdleWatch(session)
  watch.start()
  await passes(0)
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

describe('when nobody is there', () => {
  test('the warning comes at 13 minutes and the end at 15; nothing renews the session meanwhile', async () => {
    await passes(13 * MINUTE - 1)
    expect(kinds()).toBe('here')
    await passes(1)
    expect(watch.state).toEqual({ kind: 'warning', secondsLeft: 120, longest: false })
    await passes(61_000)
    expect(watch.state).toMatchObject({ secondsLeft: 59 })
    await passes(58_999)
    expect(kinds()).toBe('warning')
    await passes(1)
    expect(watch.state).toEqual({ kind: 'over', elsewhere: false })
    expect(session.renewals).toBe(1)
    expect(watch.isUnattended()).toBe(true)
  })

  test('touching the page in the warning does nothing: its buttons do', async () => {
    await passes(14 * MINUTE)
    watch.touched()
    await passes(0)
    expect(kinds()).toBe('warning')
    expect(await watch.stay()).toBe(true)
    expect(kinds()).toBe('here')
    await passes(13 * MINUTE)
    expect(kinds()).toBe('warning')
  })

  test('staying without a connection says so and keeps counting', async () => {
    await passes(14 * MINUTE)
    session.reachable = false
    expect(await watch.stay()).toBe(false)
    expect(kinds()).toBe('warning')
    await passes(MINUTE)
    expect(kinds()).toBe('over')
  })

  test('a computer that slept through both sees the end at once, and an old touch does not wake the session', async () => {
    await passes(10_000)
    watch.touched()
    vi.setSystemTime(Date.now() + 60 * MINUTE)
    watch.check()
    expect(kinds()).toBe('over')
    await passes(5 * MINUTE)
    expect(session.renewals).toBe(1)
  })
})

describe('while somebody is there', () => {
  test('it never ends: each touch is good for 15 minutes, and the server is asked at most once a minute', async () => {
    for (let second = 0; second < 40 * 60; second += 5) {
      watch.touched()
      await passes(5000)
      expect(session.endsAt - Date.now()).toBeGreaterThan(13.9 * MINUTE)
    }
    expect(kinds()).toBe('here')
    expect(session.renewals).toBeLessThanOrEqual(41)
    await passes(12.9 * MINUTE)
    expect(kinds()).toBe('here')
  })

  test('one touch just after a renewal is renewed too, so that the server never ends before the page says so', async () => {
    await passes(30_000)
    watch.touched()
    await passes(14 * MINUTE + 20_000)
    expect(session.endsAt).toBeGreaterThan(Date.now())
  })

  test('after 12 hours it ends whatever is done, with the warning', async () => {
    session.longestAt = Date.now() + 10 * MINUTE
    await watch.renew()
    for (let minute = 0; minute < 8; minute++) {
      watch.touched()
      await passes(MINUTE)
    }
    expect(watch.state).toMatchObject({ kind: 'warning', longest: true })
    expect(await watch.stay()).toBe(false)
    await passes(2 * MINUTE)
    expect(kinds()).toBe('over')
  })

  test('a session that was ended elsewhere is over at the next renewal', async () => {
    session.endsAt = 0
    watch.touched()
    await passes(MINUTE)
    expect(kinds()).toBe('over')
  })
})

describe('somebody else at the same browser', () => {
  test('who signs in in another window ends this one, by word of that window or at the next renewal', async () => {
    watch.told({ endsAt: 0, session: 'an older one' })
    expect(kinds()).toBe('here')
    watch.told({ endsAt: Date.now() + 15 * MINUTE, session: 'session 2' })
    expect(watch.state).toEqual({ kind: 'over', elsewhere: true })
    const other = new IdleWatch(session)
    await other.renew()
    session.name = 'session 2'
    expect(await other.renew()).toBe(false)
    expect(other.state).toEqual({ kind: 'over', elsewhere: true })
  })
})

describe('other windows', () => {
  test('staying in one takes the warning away in all; signing out in one ends all', async () => {
    await passes(14 * MINUTE)
    watch.told({ endsAt: Date.now() + 15 * MINUTE, session: 'session 1' })
    expect(kinds()).toBe('here')
    watch.told({ endsAt: 0, session: 'session 1' })
    expect(watch.state).toEqual({ kind: 'over', elsewhere: true })
  })

  test('are told about every renewal', async () => {
    expect(session.told).toEqual([{ endsAt: session.endsAt, session: 'session 1' }])
  })
})
