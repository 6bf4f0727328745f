/** In the form: the certificate also moves, unless somebody decides otherwise. */
import { useType } from '@/components/type-in-force'
import { Notice } from '@/components/ui/notice'
import { useWhich } from '@/components/which'
import { isCounted } from '@/lib/certificate-types/type'
import { moveWords } from './words'

export function MovePlanned({ to, onStay }: { to: number; onStay: () => void }) {
  const type = useType()
  const which = useWhich()
  const counted = isCounted(type)
  const title = counted ? moveWords.planned(to) : moveWords.instant.planned(which.title({ type: type.name, dose: to }))
  return (
    <Notice kind="info" title={title}>
      <button type="button" className="link min-h-6" onClick={onStay}>
        {counted ? moveWords.dontMove : moveWords.instant.dont}
      </button>
    </Notice>
  )
}
