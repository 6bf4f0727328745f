'use client'
/** Whether this page could go on without a connection: what is kept, how old it is, whether our server answers. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { KeptList } from '@/lib/verification/update-list'
import type * as Ready from './get-ready'
import { keptFact, type KeptPage } from './kept'
import type { PageSources } from './sources'

/** So often what is kept is brought up to date while the page is open. */
const UPDATE_EVERY_MS = 5 * 60_000

export interface Offline {
  /** Whether our server answered the last question; null = not asked yet. */
  reached: boolean | null
  /** null: this device was not made ready. */
  page: KeptPage | null
  list: KeptList | null
  /** What is being fetched. */
  step: Ready.Step | 'update' | null
  problem: Ready.ReadyProblem | null
  getReady(): void
  update(): void
  forget(): void
}

/** `reached`: as the sources of the checks tell it. */
export function useOffline(sources: () => Promise<PageSources>, reached: boolean | null): Offline {
  const [page, setPage] = useState<KeptPage | null>(null)
  const [list, setList] = useState<KeptList | null>(null)
  const [step, setStep] = useState<Offline['step']>(null)
  const [problem, setProblem] = useState<Offline['problem']>(null)
  const version = useRef('')
  const busy = useRef(false)

  const run = useCallback(async (work: (ready: typeof Ready, from: PageSources) => Promise<void>) => {
    if (busy.current) return
    busy.current = true
    try {
      const [ready, from] = await Promise.all([import('./get-ready'), sources()])
      await work(ready, from)
    } catch {
      // Their code did not come.
      setProblem('unreachable')
    }
    setStep(null)
    busy.current = false
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the sources stay the same under an open page
  }, [])

  const update = useCallback(
    (wanted: boolean) =>
      run(async (ready, from) => {
        setStep('update')
        const { page, list, problem = null } = await ready.refresh(from, version.current, setList)
        if (page) setPage(page)
        if (list) setList(list)
        // That there is no connection is said anyway; whoever pressed hears what came of it.
        setProblem(problem === 'unreachable' && !wanted ? null : problem)
      }),
    [run],
  )

  useEffect(() => {
    version.current = partsOfThisPage()
    let timer: ReturnType<typeof setInterval> | undefined
    let left = false
    const silently = () => void update(false)
    void Promise.all([keptFact('page'), keptFact('list')]).then(([page, list]) => {
      if (left || !page) return
      setPage(page)
      setList(list)
      silently()
      timer = setInterval(silently, UPDATE_EVERY_MS)
      addEventListener('online', silently)
    })
    return () => {
      left = true
      clearInterval(timer)
      removeEventListener('online', silently)
    }
  }, [update])

  return {
    reached,
    page,
    list,
    step,
    problem,
    getReady: () =>
      void run(async (ready, from) => {
        setProblem(null)
        const kept = await ready.getReady(from, version.current, setStep, setList)
        if ('problem' in kept) return setProblem(kept.problem)
        setPage(kept.page)
        setList(kept.list)
      }),
    update: () => void update(true),
    forget: () =>
      void run(async (ready) => {
        await ready.forget()
        setPage(null)
        setList(null)
        setProblem(null)
      }),
  }
}

/** The names of the parts that came with the page change with every new version of it. */
function partsOfThisPage(): string {
  const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[src]')]
  return scripts
    .map(({ src }) => new URL(src).pathname)
    .sort()
    .join(' ')
}
