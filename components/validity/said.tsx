'use client'
/** What the page before has done, said once. */
import { useEffect, useState } from 'react'
import { useFlow } from '@/components/flow'
import { Notice } from '@/components/ui/notice'

export function Said() {
  const flow = useFlow()
  const [{ said }] = useState(() => flow.leftBehind())
  useEffect(() => {
    if (said !== undefined) flow.leaveBehind({})
  }, [flow, said])
  return (
    <div role="status" className="mt-5 empty:hidden">
      {said !== undefined && <Notice kind="ok" title={said} />}
    </div>
  )
}
