'use client'
/** Lists of requests: the own ones, and for supervisors those to decide and those decided. */
import { useSearchParams } from 'next/navigation'
import { useHas } from '@/components/place'
import { AskedList } from '@/components/ui/asked-list'
import { Said } from '@/components/validity/said'
import type { RequestList } from '@/lib/approvals/answers'
import { RequestEntry } from './request-entry'
import { shownList } from './shown-list'
import { useApprovalList } from './use-approvals'
import { words } from './words'

export function ApprovalsPage() {
  const decides = useHas('supervisor')
  const params = useSearchParams()
  const list = shownList(params.get('list'), decides)
  return (
    <div className="mx-auto max-w-4xl">
      <h1>{words.title}</h1>
      <p className="mt-1 text-ink-2">{words.lead}</p>
      <Said />
      {decides && (
        <div role="group" aria-label={words.whichList} className="mt-5 flex flex-wrap gap-2">
          {(['to_decide', 'mine', 'decided'] as const).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === list}
              onClick={() => show(one)}
              className={`min-h-11 rounded-full border px-4 text-sm font-semibold ${
                one === list ? 'border-act bg-act text-on-act' : 'border-edge bg-sheet text-ink-2 hover:text-act'
              }`}
            >
              {words.lists[one]}
            </button>
          ))}
        </div>
      )}
      <List key={list} list={list} />
    </div>
  )
}

/** At once: nothing is asked of the server but the list itself. */
function show(list: RequestList) {
  history.pushState(null, '', `/approvals?list=${list}`)
}

function List({ list }: { list: RequestList }) {
  return (
    <AskedList
      asked={useApprovalList(list)}
      rowsOf={(page) => page.requests}
      words={{ ...words, empty: words.empty[list], emptyNext: words.emptyNext[list] }}
      className="mt-5"
    >
      {(request) => <RequestEntry key={request.requestId} request={request} />}
    </AskedList>
  )
}
