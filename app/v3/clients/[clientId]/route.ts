/** GET and PUT /v3/clients/{clientId} */
import { contract } from '@/lib/api/contract'
import { clients } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.client, clients.one),
  PUT: serve(contract.changeClient, clients.change),
})
