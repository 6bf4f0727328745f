import { VerifyPage } from '@/components/verify/verify-page'
import { open } from './open'

open(VerifyPage)
