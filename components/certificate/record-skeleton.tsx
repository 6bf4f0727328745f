/** The places of a certificate's details while they are on their way. */
import { Skeleton } from '@/components/ui/skeleton'
import { words } from '@/components/words'

export function RecordSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr-only">{words.loading}</h1>
      <Skeleton className="h-4 w-40" />
      <Skeleton className="mt-2 h-9 w-80 max-w-full" />
      <Skeleton className="mt-2 h-5 w-[30rem] max-w-full" />
      <div className="mt-5 flex gap-3">
        <Skeleton className="h-11 w-56" />
        <Skeleton className="h-11 w-28" />
        <Skeleton className="h-11 w-28 max-sm:hidden" />
      </div>
      <div className="mt-5 grid items-start gap-6 desk:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="sheet space-y-4 px-6 py-5">
          {Array.from({ length: 12 }, (_, row) => (
            <div key={row} className="flex gap-8">
              <Skeleton className="h-5 w-32 shrink-0" />
              <Skeleton className="h-5 w-full max-w-64" />
            </div>
          ))}
        </div>
        <div className="sheet bg-desk px-8 py-6 max-desk:hidden">
          <Skeleton className="mx-auto aspect-210/297 max-w-72" />
        </div>
      </div>
    </div>
  )
}
