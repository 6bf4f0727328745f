/** The name with the proofreader's caret: the mark for "something belongs in here". */
import { words } from '@/components/words'

export function Wordmark({ large = false }: { large?: boolean }) {
  return (
    <span
      className={`relative inline-block font-serif font-semibold tracking-[-0.015em] ${large ? 'ps-[0.5em] text-4xl' : 'ps-[0.5em] text-[1.375rem]'}`}
    >
      <svg
        aria-hidden
        viewBox="0 0 12 9"
        className="absolute start-0 bottom-[0.14em] w-[0.44em] text-mend"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M1.6 7.4 6 1.8l4.4 5.6" />
      </svg>
      {words.product}
    </span>
  )
}
