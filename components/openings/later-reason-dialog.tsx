'use client'
/** The question why, whose code comes once the page has come to rest, or when it is asked. */
import { useLater } from '@/components/ui/use-later'
import type { ReasonDialogProps } from './reason-dialog'

export function LaterReasonDialog<R extends string>(props: ReasonDialogProps<R>) {
  const dialog = useLater(reasonDialog, props.open)
  return dialog && <dialog.ReasonDialog {...props} />
}

function reasonDialog() {
  return import('./reason-dialog')
}
