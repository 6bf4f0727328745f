/** A link inside the documentation: without loading everything anew, so that the pasted token is kept. */
import Link from 'next/link'
import type { ComponentProps } from 'react'

export function DocLink({ className = 'link', ...rest }: ComponentProps<typeof Link>) {
  return <Link prefetch={false} {...rest} className={className} />
}
