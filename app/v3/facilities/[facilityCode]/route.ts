/** GET and PUT /v3/facilities/{facilityCode} */
import { contract } from '@/lib/api/contract'
import { facilities } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.facility, facilities.one),
  PUT: serve(contract.changeFacility, facilities.change),
})
