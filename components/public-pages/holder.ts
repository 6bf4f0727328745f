import { HolderPage } from '@/components/holder/holder-page'
import { open } from './open'

open(HolderPage)
