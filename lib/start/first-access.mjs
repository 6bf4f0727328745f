/** The first operator and API token: made once, shown once, and not lost when the start is killed in between. */
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../embedded/whole-file.mjs'
import { BUNDLES } from './prepare.mjs'
import { run } from './run.mjs'

/**
 * Creates the accounts unless they exist. Values from BOOTSTRAP_OPERATOR (name:password) and BOOTSTRAP_API_TOKEN win
 * over random ones.
 * @param {{ dataDir: string }} settings
 * @param {Record<string, string | undefined>} env for the program that creates them
 * @returns {Promise<{ operator: { username: string, password: string } | null, apiToken: string | null, shown(): void }>}
 *   null = nothing new to show; `shown` = they reached the screen, forget them
 */
export async function firstAccess({ dataDir }, env) {
  const done = join(dataDir, 'first-access.done')
  // Kept (0600) from before the accounts exist until they were shown: a password that nobody saw would lock everybody out.
  const draft = join(dataDir, 'first-access.json')
  const unseen = existsSync(draft) ? JSON.parse(readFileSync(draft, 'utf8')) : null
  const kept = unseen ?? (existsSync(done) ? null : randomAccess())
  if (!unseen && (await haveAccounts(env))) return { operator: null, apiToken: null, shown: () => writeWhole(done, '') }
  if (kept && !unseen) writeWhole(draft, JSON.stringify(kept))
  const program = BUNDLES['lib/auth/bootstrap.ts']
  const output = await run(
    'Creating the first accounts',
    process.execPath,
    [program, ...(env.BOOTSTRAP_OPERATOR ? [] : ['--one-time'])],
    {
      env: {
        ...env,
        BOOTSTRAP_OPERATOR:
          env.BOOTSTRAP_OPERATOR || (kept ? `${kept.operator.username}:${kept.operator.password}` : undefined),
        BOOTSTRAP_API_TOKEN: env.BOOTSTRAP_API_TOKEN || kept?.apiToken,
      },
    },
  )
  const made = JSON.parse(output.trim().split('\n').at(-1))
  // A draft from before this run belongs to accounts that exist by now, unless their names were given by hand.
  return {
    operator: made.operator ?? (env.BOOTSTRAP_OPERATOR ? null : (unseen?.operator ?? null)),
    apiToken: made.apiToken ?? (env.BOOTSTRAP_API_TOKEN ? null : (unseen?.apiToken ?? null)),
    shown() {
      writeWhole(done, '')
      rmSync(draft, { force: true })
    },
  }
}

/** Where both are there the program below makes neither (lib/auth/bootstrap.ts): a question costs less than its start. */
async function haveAccounts({ DATABASE_URL, DATABASE_ROLE }) {
  const { default: pg } = await import('pg') // not before npm ci
  const options = DATABASE_ROLE ? `-c role=${DATABASE_ROLE}` : undefined
  const client = new pg.Client({ connectionString: DATABASE_URL, options })
  client.on('error', () => {}) // a lost connection is thrown by the statement that it was lost in
  await client.connect()
  try {
    const { rows } = await client.query(
      'select exists (select from operator) and exists (select from api_client) as both',
    )
    return rows[0].both
  } finally {
    await client.end()
  }
}

function randomAccess() {
  return {
    operator: { username: 'admin', password: readable() },
    apiToken: `errata_${randomBytes(32).toString('base64url')}`,
  }
}

/** 80 random bits in letters that nobody mixes up: four groups of four. */
function readable() {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789x' // 32 of them, so that a byte modulo 32 is even
  const text = [...randomBytes(16)].map((byte) => letters[byte % 32]).join('')
  return text.match(/.{4}/g).join('-')
}
