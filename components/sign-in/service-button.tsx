'use client'
/** The way in through the sign-in service of the country. */
import { LogIn } from 'lucide-react'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useHydrated } from '@/components/hydrated'
import { Button } from '@/components/ui/button'
import { signInWords } from './words'

/** Its id. */
export const SERVICE_BUTTON = 'service'

interface ServiceButtonProps {
  name: string
  /** Page of ours to come back to. */
  backTo: () => string
  onFailure: () => void
}

export function ServiceButton({ name, backTo, onFailure }: ServiceButtonProps) {
  const [going, setGoing] = useState(false)
  const hydrated = useHydrated()
  const go = async () => {
    setGoing(true)
    try {
      // Leads to the service, or back to this page with what went wrong.
      await signIn('oidc', { callbackUrl: backTo() })
    } catch {
      setGoing(false)
      onFailure()
    }
  }
  return (
    <Button id={SERVICE_BUTTON} busy={going} disabled={!hydrated} className="min-h-12 w-full" onClick={() => void go()}>
      {!going && <LogIn aria-hidden className="size-4" />}
      {going ? signInWords.service.going : signInWords.service.go(name)}
    </Button>
  )
}
