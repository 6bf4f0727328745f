'use client'
/** Links inside the product: a correction that was begun is asked about before its page is left. */
import NextLink from 'next/link'
import { useRouter } from 'next/navigation'
import type { ComponentProps } from 'react'
import { useFlow } from '@/components/flow'

export function Link({
  className = 'link',
  ...rest
}: Omit<ComponentProps<typeof NextLink>, 'href'> & { href: string }) {
  const flow = useFlow()
  const router = useRouter()
  return (
    <NextLink
      prefetch={false}
      {...rest}
      className={className}
      onNavigate={(event) => {
        if (!flow.isGuarded()) return
        event.preventDefault()
        flow.leave(() => router.push(rest.href))
      }}
    />
  )
}
