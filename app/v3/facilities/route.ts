/** GET and POST /v3/facilities */
import { contract } from '@/lib/api/contract'
import { facilities } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.facilities, facilities.list),
  POST: serve(contract.addFacility, facilities.add),
})
