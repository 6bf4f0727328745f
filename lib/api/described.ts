/** The description of this installation's API, for the pages of the documentation. */
import { publishedType } from '@/lib/certificate-types/live'
import { liveContext } from '@/lib/certificates/context'
import { openApi } from './openapi'

/** As GET /openapi.json answers now. */
export async function describedApi() {
  return openApi(await publishedType(liveContext()))
}
