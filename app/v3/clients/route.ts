/** GET and POST /v3/clients */
import { contract } from '@/lib/api/contract'
import { clients } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: serve(contract.clients, clients.list),
  POST: serve(contract.addClient, clients.add),
})
