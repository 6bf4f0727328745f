/** Prints the typed client, for `npm run client`. The running product hands it out at /docs/client.ts. */
import { openDocument } from '@/lib/certificate-types/document'
import { VACCINATION_TYPE } from '@/lib/certificate-types/names'
import { shippedTypes } from '@/lib/certificate-types/seed'
import { clientSource } from '@/lib/developers/client-source'
import { openApi } from './openapi'

// No database is at hand here: the types are those of the files.
const types = shippedTypes().flatMap((found) =>
  'document' in found ? [openDocument(found.document, 'published').type] : [],
)
process.stdout.write(clientSource(openApi(types.find(({ name }) => name === VACCINATION_TYPE)!)))
