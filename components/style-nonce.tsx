'use client'
/**
 * Lets what writes styles into the page while it is open (dialogs stop the page from scrolling so) name the page's nonce: the
 * policy takes no other style elements. Browsers hide a nonce from everything but scripts.
 */
import { setNonce } from 'get-nonce'

if (typeof document !== 'undefined') setNonce(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '')

export function StyleNonce() {
  return null
}
