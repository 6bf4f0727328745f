/** Sees from outside when a certificate is there: another connection asks the database, which shows it from its commit on. */
import pg from 'pg'

/** Moments are later than the truth by this and a query at most. */
const LOOK_EVERY_MS = 25
/** Asked about in one statement. */
const MOST = 2000

/** Counts what was accepted until it is issued. */
export async function watchIssued(url) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  /** Transaction -> the moment that counts. */
  const open = new Map()
  let latencies = []
  let last = 0
  let stopped = false
  const looking = look()

  async function look() {
    while (!stopped) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      const ids = [...open.keys()].slice(0, MOST)
      if (ids.length === 0) continue
      const { rows } = await client.query({
        name: 'issued',
        text: 'select transaction_id as id from certificate where transaction_id = any($1::uuid[])',
        values: [ids],
      })
      const now = performance.now()
      for (const { id } of rows) {
        latencies.push(now - open.get(id))
        open.delete(id)
        last = now
      }
    }
  }

  return {
    /** From now on a certificate is waited for. */
    expect(transactionId, since) {
      open.set(transactionId, since)
    },
    /** Waits until nothing is open, at most so long; then gives the times of all that were issued since the last call, and forgets them. */
    async settled(withinMs) {
      const until = performance.now() + withinMs
      while (open.size > 0 && performance.now() < until)
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
      const left = [...open.keys()]
      open.clear()
      const told = { latencies, last, left: await statesOf(left) }
      latencies = []
      return told
    },
    async close() {
      stopped = true
      await looking
      await client.end()
    },
  }

  /** What became of those that were not issued: failed with a reason is no loss. */
  async function statesOf(ids) {
    const { rows } = await client.query('select state::text as state from transaction where id = any($1::uuid[])', [
      ids,
    ])
    const failed = rows.filter(({ state }) => state === 'failed').length
    return { failed, lost: ids.length - failed }
  }
}
