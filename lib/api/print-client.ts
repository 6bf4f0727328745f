/** Prints the typed client, for `npm run client`. The running product hands it out at /docs/client.ts. */
import { clientSource } from '@/lib/developers/client-source'
import { openApi } from './openapi'

process.stdout.write(clientSource(openApi()))
