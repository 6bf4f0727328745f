/** Publishes status lists: what changed since the last time becomes signed lists, at once, each entry exactly once. */
import type { KeyObject } from 'node:crypto'
import type { Context } from '@/lib/certificates/context'
import { STATUS_PURPOSES } from '@/lib/certificates/status-entries'
import { LIST_LENGTH, prepareNextList } from '@/lib/certificates/store-places'
import type { Statements } from '@/lib/db'
import { didWebOf } from '@/lib/signing/did-web'
import { signCredential2, type Signer2 } from '@/lib/signing/eddsa'
import { thumbprintOf } from '@/lib/signing/thumbprint'
import { LEAST_ENTRIES } from './bitstring'
import { listCredential, VALID_HOURS, validUntil } from './list-credential'
import {
  listsToMake,
  lockPublishing,
  markCredentials,
  markListed,
  notCurrent,
  somethingToPublish,
  unlistedCredentials,
  unlistedEntries,
  writeList,
  type List,
} from './store-publish'

/** Where a publication has got to. Tests stop a real process at each of them. */
export type PublishStep = 'lists read' | 'lists signed' | 'lists marked' | 'lists published'

export interface ListPublisher extends Context {
  /** Signs the lists. */
  key2: Signer2 & { publicKey: KeyObject }
  /** Places of a list; tests take few. */
  listLength?: number
  /** Called at each step; the publication waits for it. */
  onPublish?: (step: PublishStep) => void | Promise<void>
}

const ENTRIES_AT_ONCE = 10_000
/** Three signatures each, all in one transaction. */
const LISTS_AT_ONCE = 20

/** After so long nothing more is begun: what a slow signer has signed is published before the transaction ends by itself. */
export const SIGN_FOR_MS = 5000

/** Among millions on a disk that was not asked for them lately, the entries alone may take ten seconds to be read. */
const WHOLE_MS = 60_000

/**
 * Makes and signs the lists that entries since the last time changed, those that were never published (the next one of
 * them is opened in time), those that would soon run out and, where the key of this worker is the one in use, those that another one signed. One transaction under one lock: lists and marks appear
 * together, whoever dies in between leaves everything to the next one. Returns how many lists were published; more may
 * wait. 0 also when another worker is at it.
 */
export async function publishLists(publisher: ListPublisher): Promise<number> {
  const { db, listLength = LIST_LENGTH } = publisher
  // The key of now, whatever is rotated meanwhile.
  const key2 = publisher.key2
  const renewBefore = new Date(publisher.now().getTime() + (VALID_HOURS / 2) * 60 * 60 * 1000)
  const good = { signedBy: key2.verificationMethod, thumbprint: thumbprintOf(key2.publicKey), renewBefore }
  await prepareNextList(db, publisher.random, listLength)
  if (!(await somethingToPublish(db, good))) return 0
  const published = await db.$transaction(
    async (transaction) => {
      if (!(await lockPublishing(transaction))) return 0
      const entries = await unlistedEntries(transaction, ENTRIES_AT_ONCE)
      await publisher.onPublish?.('lists read')
      const credentials = await unlistedCredentials(transaction, ENTRIES_AT_ONCE)
      const touched = [...new Set([...entries, ...credentials].flatMap((entry) => entry.listId ?? []))]
      const lists = await listsToMake(transaction, touched, good, LISTS_AT_ONCE)
      const made = new Set<number>()
      const began = publisher.now().getTime()
      for (const list of lists) {
        if (made.size > 0 && publisher.now().getTime() - began >= SIGN_FOR_MS) break
        await publish(publisher, key2, transaction, list)
        made.add(list.id)
      }
      await publisher.onPublish?.('lists signed')
      const listed = entries.filter((entry) => entry.listId === null || made.has(entry.listId))
      await markListed(transaction, listed, publisher.now())
      await markCredentials(
        transaction,
        credentials.filter(({ listId }) => made.has(listId)),
      )
      await publisher.onPublish?.('lists marked')
      return Math.max(made.size, Math.sign(listed.length))
    },
    { timeout: WHOLE_MS },
  )
  await publisher.onPublish?.('lists published')
  return published
}

/** What the rows say now is at least what they said when the entries were read: an entry that comes later is left for later. */
async function publish(publisher: ListPublisher, key2: Signer2, db: Statements, { id, length }: List): Promise<void> {
  const at = publisher.now()
  const { publicUrl } = publisher.settings
  const places = await notCurrent(db, id, at)
  for (const purpose of STATUS_PURPOSES) {
    const unsigned = await listCredential({
      publicUrl,
      issuer: didWebOf(publicUrl),
      listId: id,
      // Nobody reads anything from the size of a list that is shorter than allowed.
      length: Math.max(length, LEAST_ENTRIES),
      purpose,
      notCurrent: places,
      at,
    })
    const credential = JSON.stringify(await signCredential2(unsigned, key2, at))
    const signedBy = key2.verificationMethod
    await writeList(db, { listId: id, purpose, credential, signedBy, generatedAt: at, validUntil: validUntil(at) })
  }
}
