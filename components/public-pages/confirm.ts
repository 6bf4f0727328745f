import { ConfirmPage } from '@/components/holder-confirm/confirm-page'
import { open } from './open'

open(ConfirmPage)
