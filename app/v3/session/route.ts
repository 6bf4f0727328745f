/** POST and DELETE /v3/session */
import { contract } from '@/lib/api/contract'
import { signOut } from '@/lib/api/endpoints/identity'
import { stay } from '@/lib/api/endpoints/presence'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.staySignedIn, stay),
  DELETE: serve(contract.signOut, signOut),
})
