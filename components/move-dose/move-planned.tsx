/** In the form: the certificate also moves, unless somebody decides otherwise. */
import { Notice } from '@/components/ui/notice'
import { moveWords } from './words'

export function MovePlanned({ to, onStay }: { to: number; onStay: () => void }) {
  return (
    <Notice kind="info" title={moveWords.planned(to)}>
      <button type="button" className="link min-h-6" onClick={onStay}>
        {moveWords.dontMove}
      </button>
    </Notice>
  )
}
