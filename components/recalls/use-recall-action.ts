'use client'
/** Doing something with a recall: the answer takes the place of what the page shows; a refusal brings the newest state. */
import { useQueryClient } from '@tanstack/react-query'
import { useSaving, type Fields, type Saving } from '@/components/administration/use-saving'
import type { RecallView } from '@/lib/recalls/answers'
import { recallKey, RECALLS_KEY } from './use-recalls'

export function useRecallAction(
  recallId: string,
  fields: Fields,
  form: string,
): Saving & { act: (send: () => Promise<RecallView>) => void } {
  const queries = useQueryClient()
  const saving = useSaving(fields, form)
  const again = () => {
    void queries.invalidateQueries({ queryKey: recallKey(recallId) })
    void queries.invalidateQueries({ queryKey: RECALLS_KEY })
    void queries.invalidateQueries({ queryKey: ['recall-rows', recallId] })
    void queries.invalidateQueries({ queryKey: ['recalls-waiting'] })
  }
  return {
    ...saving,
    act(send) {
      void saving.run(send, () => {}).then(again)
    },
  }
}
