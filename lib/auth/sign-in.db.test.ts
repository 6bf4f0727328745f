import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Database } from '@/lib/db'
import { Refusal } from '@/lib/errors'
import { openTestDatabase } from '@/lib/testing/database'
import { bootstrap } from './bootstrap'
import { hashPassword } from './passwords'
import { signIn } from './sign-in'
import { forgetOldAttempts } from './throttle'
import { hashToken } from './tokens'

let database: Awaited<ReturnType<typeof openTestDatabase>>
let db: Database
let username: string
let address: string
const NOON = Date.UTC(2026, 4, 12, 12)
let now = new Date(NOON)

beforeAll(async () => {
  database = await openTestDatabase()
  db = connect(database.url)
})
beforeEach(async () => {
  now = new Date(NOON)
  username = randomUUID()
  address = randomUUID()
  const passwordHash = await hashPassword('correct horse')
  await db.operator.create({ data: { id: randomUUID(), username, name: 'Asha', passwordHash, roles: ['operator'] } })
})
afterAll(async () => {
  await db.$disconnect()
  await database.close()
})

const context = () => ({ db, secret: 'a secret', now, uuid: randomUUID, timeZone: 'Asia/Colombo' })
const tryWith = (password: string, more = {}) =>
  signIn(context(), { username, password, address, ...more }).then(
    () => 'signed in',
    (error) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  )
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))

describe('signing in', () => {
  test('the right password signs in, whatever the case of the name', async () => {
    const operator = await signIn(context(), {
      username: ` ${username.toUpperCase()} `,
      password: 'correct horse',
      address,
    })
    expect(operator.name).toBe('Asha')
  })

  test('an own password works however old it is', async () => {
    later(10 * 365 * 24 * 60)
    expect(await signIn(context(), { username, password: 'correct horse', address })).toMatchObject({
      mustChangePassword: false,
    })
  })

  test('wrong, unknown and disabled are told with the same words', async () => {
    const disabled = randomUUID()
    const passwordHash = await hashPassword('correct horse')
    await db.operator.create({
      data: { id: randomUUID(), username: disabled, name: 'x', passwordHash, disabled: true, roles: ['operator'] },
    })
    const sentences = await Promise.all(
      [
        { username, password: 'wrong' },
        { username: 'nobody', password: 'correct horse' },
        { username: disabled, password: 'correct horse' },
        { username: 'nul\u0000', password: '' },
      ].map((given) => signIn(context(), { address, ...given }).catch((error) => error.message)),
    )
    expect(new Set(sentences)).toEqual(new Set(['Username or password is incorrect.']))
  })

  test('after five failures the account is locked for 15 minutes, for the right password too, and says until when', async () => {
    for (let n = 0; n < 5; n++) expect(await tryWith('wrong')).toBe('UNAUTHENTICATED')
    const locked = await signIn(context(), { username, password: 'correct horse', address }).catch((error) => error)
    expect(locked).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', retryAfter: 900 })
    expect(locked.message).toBe('Too many attempts. Try again at 17:45.')
    later(14)
    expect(await tryWith('correct horse')).toBe('TOO_MANY_ATTEMPTS')
    later(1)
    expect(await tryWith('correct horse')).toBe('signed in')
  })

  test('trying while locked does not make it longer', async () => {
    for (let n = 0; n < 8; n++) await tryWith('wrong')
    later(10)
    for (let n = 0; n < 8; n++) await tryWith('wrong')
    later(5)
    expect(await tryWith('correct horse')).toBe('signed in')
  })

  test('failures further apart than the window do not add up', async () => {
    for (let n = 0; n < 12; n++) {
      expect(await tryWith('wrong')).toBe('UNAUTHENTICATED')
      later(4)
    }
  })

  test('a success forgets the failures before it', async () => {
    for (let n = 0; n < 4; n++) await tryWith('wrong')
    expect(await tryWith('correct horse')).toBe('signed in')
    for (let n = 0; n < 4; n++) expect(await tryWith('wrong')).toBe('UNAUTHENTICATED')
  })

  test('of fifty guesses at once five are looked at', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => tryWith('wrong', { address: randomUUID() })))
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED')).toHaveLength(5)
    expect(outcomes.filter((outcome) => outcome === 'TOO_MANY_ATTEMPTS')).toHaveLength(45)
  })

  test('one address may fail thirty times over all accounts, and its successes do not count', async () => {
    for (let n = 0; n < 40; n++) expect(await tryWith('correct horse')).toBe('signed in')
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => tryWith('wrong', { username: randomUUID() })))
    expect(outcomes.filter((outcome) => outcome === 'UNAUTHENTICATED')).toHaveLength(30)
    expect(await tryWith('correct horse')).toBe('TOO_MANY_ATTEMPTS')
    expect(await tryWith('correct horse', { address: randomUUID() })).toBe('signed in')
  })

  test('where the address is unknown nobody locks out others: only the account counts', async () => {
    const guesses = Array.from({ length: 40 }, () => tryWith('wrong', { username: randomUUID(), address: null }))
    expect(new Set(await Promise.all(guesses))).toEqual(new Set(['UNAUTHENTICATED']))
    const own = []
    for (let n = 0; n < 6; n++) own.push(await tryWith('wrong', { address: null }))
    expect(own.at(-1)).toBe('TOO_MANY_ATTEMPTS')
  })

  test('counts that no longer count are removed, and no others', async () => {
    for (let n = 0; n < 5; n++) await tryWith('wrong')
    await forgetOldAttempts(db, now)
    later(14)
    await forgetOldAttempts(db, now)
    expect(await tryWith('correct horse')).toBe('TOO_MANY_ATTEMPTS')
    later(20)
    await forgetOldAttempts(db, now)
    const left = await db.signInThrottle.findMany({ where: { windowStart: { lt: new Date(NOON + 1) } } })
    expect(left).toEqual([])
  })

  test('neither names nor addresses are readable in the table', async () => {
    await tryWith('wrong')
    const rows = JSON.stringify(await db.signInThrottle.findMany())
    expect(rows).not.toContain(username)
    expect(rows).not.toContain(address)
  })
})

describe('the first accounts', () => {
  test('are made once, by whoever comes first, and told once', async () => {
    await db.operator.deleteMany()
    const settings = { bootstrap: { operator: undefined, apiToken: undefined } }
    const made = await Promise.all([bootstrap(db, settings), bootstrap(db, settings), bootstrap(db, settings)])
    const [first, ...others] = made.filter(({ operator, apiToken }) => operator ?? apiToken)
    expect(others).toEqual([])
    expect(first!.operator!.username).toBe('admin')
    const given = { username: 'admin', password: first!.operator!.password, address }
    // What was made up and shown on a screen is good for one sign-in.
    expect(await signIn(context(), given)).toMatchObject({ facilityCode: null, mustChangePassword: true })
    const client = await db.apiClient.findUnique({ where: { tokenHash: hashToken(first!.apiToken!) } })
    expect(client).toMatchObject({ name: 'First access token', facilityCode: null })
    expect(await bootstrap(db, settings)).toEqual({ operator: null, apiToken: null })
  })

  test('are those of the settings, a colon in the password included', async () => {
    await db.operator.deleteMany()
    await db.apiClient.deleteMany()
    const made = await bootstrap(db, { bootstrap: { operator: 'Asha:pass:word', apiToken: 'a-token-of-the-settings' } })
    expect(made).toEqual({ operator: { username: 'asha', password: 'pass:word' }, apiToken: 'a-token-of-the-settings' })
    expect(await signIn(context(), { username: 'Asha', password: 'pass:word', address })).toMatchObject({
      name: 'asha',
      mustChangePassword: false,
    })
  })
})
