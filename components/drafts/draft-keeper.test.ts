/** What is typed reaches the server whatever the connection does, and nothing is overwritten unseen. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError, NetworkError } from '@/lib/api/call'
import type { DraftContent } from '@/lib/desk/answers'
import { DraftKeeper, type DraftDoor } from './draft-keeper'

const typed = (name: string): DraftContent => ({
  fields: name === '' ? {} : { 'recipient.name': name },
  reason: { requestedBy: '', cause: '', note: '' },
})
const EMPTY = typed('')

/** A server of one draft, as the registry keeps it; `answer` stands for the network between. */
class Server implements DraftDoor {
  draft: { name: unknown; form: string; savedAt: string } | null = null
  answer: () => Promise<void> = () => Promise.resolve()
  asked = 0
  private clock = 0

  async save(_id: string, { fields, form, after }: Parameters<DraftDoor['save']>[1]) {
    this.asked++
    await this.answer()
    if (this.draft && this.draft.form !== form && this.draft.savedAt !== after) {
      throw new ApiError(412, { code: 'DRAFT_CHANGED', message: '' }, null)
    }
    this.draft = { name: fields['recipient.name'], form, savedAt: `t${++this.clock}` }
    return { savedAt: this.draft.savedAt }
  }

  async drop() {
    this.asked++
    await this.answer()
    this.draft = null
  }

  lastSaved() {
    return Promise.resolve(this.draft?.savedAt ?? null)
  }
}

let server: Server
let forms: number
let keeper: DraftKeeper

const aKeeper = () => new DraftKeeper(server, () => `form ${++forms}`)
const passes = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const refuse = (error: unknown) => () => Promise.reject(error)
const offline = refuse(new NetworkError(null))
const code = (status: number) => refuse(new ApiError(status, { code: 'INTERNAL_ERROR', message: '' }, null))

beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  forms = 0
  keeper = aKeeper()
  keeper.begin('1', EMPTY, null)
})
afterEach(() => vi.useRealTimers())

describe('typing', () => {
  test('is saved once, a second after the last key', async () => {
    for (const name of ['S', 'Sa', 'Sar']) {
      keeper.note(typed(name))
      await passes(900)
    }
    expect([server.asked, keeper.state.kind]).toEqual([0, 'saving'])
    await passes(100)
    expect(server.draft).toMatchObject({ name: 'Sar' })
    expect(keeper.state).toEqual({ kind: 'saved', at: 't1' })
    expect(server.asked).toBe(1)
  })

  test('that goes on while a save is on its way is saved after it, in order', async () => {
    let release = () => {}
    server.answer = () => new Promise((resolve) => (release = resolve))
    keeper.note(typed('one'))
    await passes(1000)
    keeper.note(typed('two'))
    await passes(5000)
    expect(server.asked).toBe(1)
    server.answer = () => Promise.resolve()
    release()
    await passes(0)
    expect(server.draft).toMatchObject({ name: 'two' })
    expect(keeper.state.kind).toBe('saved')
  })

  test('taken back before it was saved asks nothing; taken back later it removes the draft', async () => {
    keeper.note(typed('x'))
    keeper.note(EMPTY)
    await passes(5000)
    expect([server.asked, keeper.state.kind]).toEqual([0, 'none'])
    keeper.note(typed('x'))
    await passes(1000)
    keeper.note(EMPTY)
    await passes(1000)
    expect([server.draft, keeper.state.kind]).toEqual([null, 'none'])
    keeper.note(typed('y'))
    await passes(1000)
    expect(server.draft).toMatchObject({ name: 'y' })
  })

  test('that changes nothing asks nothing', async () => {
    keeper.note(EMPTY)
    await passes(5000)
    expect(server.asked).toBe(0)
  })
})

describe('without a connection', () => {
  test('it says so, tries again by itself ever more slowly, and is saved when the connection is back', async () => {
    server.answer = offline
    keeper.note(typed('x'))
    await passes(1000)
    expect(keeper.state.kind).toBe('offline')
    expect(keeper.isUnsaved).toBe(true)
    await passes(2000 + 4000 + 8000)
    expect(server.asked).toBe(4)
    keeper.note(typed('xy'))
    expect(keeper.state.kind).toBe('offline')
    server.answer = () => Promise.resolve()
    await passes(1000)
    expect(server.draft).toMatchObject({ name: 'xy' })
    expect([keeper.state.kind, keeper.isUnsaved]).toEqual(['saved', false])
  })

  test('flush tells whether everything is saved', async () => {
    server.answer = offline
    keeper.note(typed('x'))
    expect(await keeper.flush()).toBe(false)
    server.answer = () => Promise.resolve()
    expect(await keeper.flush()).toBe(true)
    expect(server.draft).toMatchObject({ name: 'x' })
  })

  test('an answer that was lost does not stand in the way of the next save', async () => {
    const save = server.save.bind(server)
    server.save = async (...args) => {
      await save(...args)
      throw new NetworkError(null)
    }
    keeper.note(typed('x'))
    await passes(1000)
    server.save = save
    await passes(2000)
    expect(keeper.state.kind).toBe('saved')
  })

  test.each([
    [500, 'offline'],
    [503, 'offline'],
    [429, 'offline'],
    [400, 'refused'],
    [413, 'refused'],
    [401, 'signedOut'],
  ])('an answer of %i means %s', async (status, kind) => {
    server.answer = code(status)
    keeper.note(typed('x'))
    await passes(1000)
    expect(keeper.state.kind).toBe(kind)
    expect(keeper.isUnsaved).toBe(true)
  })
})

describe('another window', () => {
  test('that saved since is not overwritten; then this one may go on, or take the other', async () => {
    keeper.note(typed('here'))
    await passes(1000)
    const other = aKeeper()
    other.begin('1', typed('here'), 't1')
    other.note(typed('there'))
    await passes(1000)
    expect(server.draft).toMatchObject({ name: 'there' })
    keeper.note(typed('here again'))
    await passes(1000)
    expect(keeper.state.kind).toBe('elsewhere')
    expect(server.draft).toMatchObject({ name: 'there' })
    keeper.note(typed('here again and again'))
    await passes(60_000)
    expect(server.draft).toMatchObject({ name: 'there' })
    await keeper.overwrite()
    expect(server.draft).toMatchObject({ name: 'here again and again' })
    expect(keeper.state.kind).toBe('saved')
  })
})

describe('the end of a draft', () => {
  test('discarding waits for the save that is on its way, so that it does not come back', async () => {
    let release = () => {}
    server.answer = () => new Promise((resolve) => (release = resolve))
    keeper.note(typed('x'))
    await passes(1000)
    const discarded = keeper.discard()
    server.answer = () => Promise.resolve()
    release()
    await discarded
    expect([server.draft, keeper.state.kind]).toEqual([null, 'none'])
    keeper.note(typed('y'))
    await passes(5000)
    expect(server.draft).toBeNull()
  })

  test('going to the check and back is no new beginning', async () => {
    keeper.note(typed('x'))
    await passes(1000)
    keeper.begin('1', typed('x'), null)
    keeper.note(typed('xy'))
    await passes(1000)
    expect([server.draft?.form, keeper.state.kind]).toEqual(['form 1', 'saved'])
  })
})
