/** The place of something that is still loading, as large as the thing itself so that nothing jumps. */
export function Skeleton({ className = '' }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={`block animate-[breathe_1.6s_ease-in-out_infinite] rounded-control bg-line ${className}`}
    />
  )
}
