/** Source systems by their tokens, read at each request: who is disabled or has another token now is nobody from that moment on. */
import type { Database } from '@/lib/db'
import { Together } from '@/lib/together'
import type { Belonging } from './facilities'

/** A source system as it is at this moment, with the token it was asked for by. */
export interface Client extends Belonging {
  id: string
  name: string
  programs: string[]
  batch: string
  disabled: boolean
  sandbox: boolean
  ratePerMinute: number | null
  scopes: string[]
  /** Whether its present token was shown, and not the one before. */
  isPresentToken: boolean
  tokenExpiresAt: Date | null
  facilityDisabled: boolean
}

interface Asked {
  tokenHash: string
  at: Date
}

const kept = new WeakMap<Database, Together<Asked, Client | null>>()

/**
 * The source system whose token has this hash: the present one, or the one before while it still counts. null = nobody's.
 * Those who ask while others are looked up share the next statement, which begins after all of them asked.
 */
export function clientByToken(db: Database, asked: Asked): Promise<Client | null> {
  const together = kept.get(db) ?? new Together((all: Asked[]) => lookUp(db, all))
  kept.set(db, together)
  return together.join(asked)
}

async function lookUp(db: Database, all: Asked[]): Promise<(Client | null)[]> {
  const hashes = [...new Set(all.map(({ tokenHash }) => tokenHash))]
  const rows = await db.$queryRaw<(Client & { tokenHash: string; until: Date | null })[]>`
    select shown.hash as "tokenHash", c.id::text as id, c.name, c.facility_code as "facilityCode", c.district, c.programs,
           c.batch, c.disabled, c.sandbox, c.rate_per_minute as "ratePerMinute", c.scopes,
           c.token_hash = shown.hash as "isPresentToken", c.token_expires_at as "tokenExpiresAt",
           c.previous_token_until as until, coalesce(f.disabled, false) as "facilityDisabled"
    from unnest(${hashes}::text[]) as shown(hash)
    join api_client c on c.token_hash = shown.hash or c.previous_token_hash = shown.hash
    left join facility f on f.code = c.facility_code`
  return all.map(({ tokenHash, at }) => {
    const counts = (one: (typeof rows)[number]) => one.isPresentToken || (one.until !== null && one.until > at)
    return rows.find((one) => one.tokenHash === tokenHash && counts(one)) ?? null
  })
}
