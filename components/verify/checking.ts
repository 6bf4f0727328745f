/** Everything that a check needs, loaded beside the page: it is on the screen before this is there. */
export { verify } from '@/lib/verification/verify'
export { pageSources } from './sources'
