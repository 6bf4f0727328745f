/** A receiver at which nothing has arrived for days gets nothing more until an administrator looked; the log says so. */
import type { Context } from '@/lib/certificates/context'
import { provenCaller } from '@/lib/certificates/caller'
import { writeAudit } from '@/lib/people/store-writing'
import { stopWebhook, type Due } from './store-due'

/** Stops a webhook by itself, once. Its messages wait. */
export async function writeStopped(context: Context, { webhookId, clientId }: Due): Promise<void> {
  await context.db.$transaction(async (db) => {
    if (!(await stopWebhook(db, webhookId, context.now()))) return
    const detail = { webhookId, clientId }
    await writeAudit(db, worker, context.now(), { action: 'webhook.stopped', detail })
  })
}

const worker = provenCaller({
  kind: 'system',
  id: 'webhooks',
  name: 'Webhooks',
  facilityCode: null,
  facilities: [],
  programs: [],
  batch: 'all',
  channel: 'api',
  roles: [],
  sandbox: false,
})
