/** The description of this installation's API, for the pages of the documentation. */
import { publishedType, publishedTypes, type TypesContext } from '@/lib/certificate-types/live'
import { liveContext } from '@/lib/certificates/context'
import { openApi } from './openapi'

/** As GET /openapi.json answers now. */
export async function describedApi(context: TypesContext = liveContext()) {
  const type = await publishedType(context)
  const others = (await publishedTypes(context)).map((version) => version.type).filter((one) => one !== type)
  return openApi(type, others)
}
