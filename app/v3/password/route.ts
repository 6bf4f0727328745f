/** POST /v3/password */
import { contract } from '@/lib/api/contract'
import { changePassword } from '@/lib/api/endpoints/administration'
import { route } from '@/lib/api/route'
import { serve } from '@/lib/api/serve'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: serve(contract.changePassword, changePassword),
})
