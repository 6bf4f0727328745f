/** Method and address of an endpoint, as they are written everywhere. */

const COLOURS: Record<string, string> = {
  GET: 'bg-act-soft text-act',
  HEAD: 'bg-act-soft text-act',
  POST: 'bg-ok-soft text-ok',
  PUT: 'bg-warn-soft text-warn',
  DELETE: 'bg-stop-soft text-stop',
}

export function Method({ method, className = '' }: { method: string; className?: string }) {
  return (
    <span
      className={`inline-block shrink-0 rounded-[4px] px-1.5 font-mono text-[0.6875rem] leading-5 font-semibold ${COLOURS[method] ?? 'bg-mute-soft text-mute'} ${className}`}
    >
      {method}
    </span>
  )
}

/** The path may break before each of its parts. */
export function Path({ path, className = '' }: { path: string; className?: string }) {
  return (
    <bdi dir="ltr" className={`font-mono text-[0.875em] wrap-anywhere ${className}`}>
      {path.split(/(?=\/)/).map((part, at) => (
        <span key={at}>
          <wbr />
          {part}
        </span>
      ))}
    </bdi>
  )
}
