/** A sealer process for crash tests. */
import { liveContext } from '@/lib/certificates/context'
import { runSealer } from '@/lib/audit/store-sealer'

const { settings, now } = liveContext()
await runSealer(settings, now, new AbortController().signal)
