/** Where next.config.js sends addresses that cannot be decoded. */
import { refuseAddress } from '@/lib/api/malformed-address'

export {
  refuseAddress as GET,
  refuseAddress as HEAD,
  refuseAddress as POST,
  refuseAddress as PUT,
  refuseAddress as PATCH,
  refuseAddress as DELETE,
  refuseAddress as OPTIONS,
}
