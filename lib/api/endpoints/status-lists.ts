/** What verifiers download: status lists, and the revocation list with its pages. */
import { createHash } from 'node:crypto'
import { Refusal } from '@/lib/errors'
import { TTL_SECONDS } from '@/lib/status-lists/list-credential'
import { csvOf, revocationList, revocationListPage, statusList } from '@/lib/status-lists/read'
import type { contract } from '../contract'
import { Reply } from '../reply'
import { preferredMedia } from '../representations'
import type { Input } from '../serve'

const KEEP_A_MOMENT = `public, max-age=${TTL_SECONDS}`
/** Full pages too: what they say never changes, but who signed them does when a key is withdrawn. */
const ASK_AGAIN = 'public, no-cache'

/** The same document by each name; verifiers older than its own name ask for one of the others. */
const LIST_MEDIA = ['application/vc', 'application/ld+json', 'application/json'] as const

/** GET /status/{listId}/{purpose}. Whoever asks for none of these gets it all the same. */
export async function list({ context, params, request }: Input<typeof contract.statusList>): Promise<Reply> {
  const media = preferredMedia(request.headers.get('accept'), LIST_MEDIA) ?? 'application/vc'
  const body = await statusList(context, params.listId, params.purpose)
  return published(media, body, KEEP_A_MOMENT, { vary: 'Accept' })
}

/** GET /v3/revocation-list */
export async function index({ context }: Input<typeof contract.revocationList>): Promise<Reply> {
  return published('application/json', JSON.stringify(await revocationList(context)), ASK_AGAIN)
}

const PAGE_MEDIA = ['application/jose', 'application/json', 'text/csv'] as const

/** GET /v3/revocation-list/pages/{page} */
export async function page({ context, params, request }: Input<typeof contract.revocationListPage>): Promise<Reply> {
  const media = preferredMedia(request.headers.get('accept'), PAGE_MEDIA)
  if (!media) throw new Refusal('NOT_ACCEPTABLE', `Available: ${PAGE_MEDIA.join(', ')}.`)
  const { signed, payload } = await revocationListPage(context, params.page)
  const body = media === 'application/jose' ? signed : media === 'text/csv' ? csvOf(payload) : payload
  return published(media, body, ASK_AGAIN, { vary: 'Accept' })
}

function published(type: string, body: string, caching: string, headers: Record<string, string> = {}): Reply {
  const etag = `"${createHash('sha256').update(`${type}\n${body}`).digest('base64url').slice(0, 27)}"`
  return new Reply({ type, body, etag, headers: { 'cache-control': caching, ...headers } })
}
