/** Takes over, in the browser, a page that the server has drawn. */
import type { ComponentType } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { shown, type Shown } from './shown'

export function open<Props extends object>(Page: ComponentType<Props>): void {
  const { given } = document.getElementById('given')!.dataset
  hydrateRoot(document.getElementById('page')!, shown(Page, JSON.parse(given!) as Shown<Props>))
}
