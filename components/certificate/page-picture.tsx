'use client'
/** The certificate as a sheet of paper lying on the desk. Keeps its size from the first moment. */
import { useEffect, useRef, useState } from 'react'
import { Skeleton } from '@/components/ui/skeleton'

interface PagePictureProps {
  src: string | null
  alt: string
  /** Shown in place of a picture that does not come. */
  missing: string
  className?: string
}

export function PagePicture({ src, alt, missing, className = '' }: PagePictureProps) {
  const [loaded, setLoaded] = useState<{ src: string; ok: boolean } | null>(null)
  const now = loaded && loaded.src === src ? loaded : null
  const image = useRef<HTMLImageElement>(null)
  // A picture that comes with the page may be there, or have failed, before anybody listens.
  useEffect(() => {
    const one = image.current
    if (!src || !one?.complete) return
    one.decode().then(
      () => setLoaded({ src, ok: true }),
      () => setLoaded({ src, ok: false }),
    )
  }, [src])
  return (
    <div className={`relative aspect-210/297 w-full overflow-hidden rounded-[3px] bg-white shadow-lift ${className}`}>
      {now?.ok === false ? (
        <p className="grid h-full place-items-center p-6 text-center text-sm text-[#4d5867]">{missing}</p>
      ) : (
        <>
          {!loaded && <PaperLines />}
          {src && (
            // A picture of the page, made by the registry: next/image could only copy it.
            // eslint-disable-next-line @next/next/no-img-element
            <img
              // A preview keeps its img, so that the last picture stays until the next one is there.
              key={/^(data|blob):/.test(src) ? 'preview' : src}
              ref={image}
              src={src}
              alt={alt}
              className="absolute inset-0 size-full"
              onLoad={() => setLoaded({ src, ok: true })}
              onError={() => setLoaded({ src, ok: false })}
            />
          )}
        </>
      )}
    </div>
  )
}

/** SVG text as an address that an img can show; null while there is none. */
export function pictureAddress(svg: string | undefined): string | null {
  return svg === undefined ? null : `data:image/svg+xml,${encodeURIComponent(svg)}`
}

function PaperLines() {
  return (
    <span className="absolute inset-0 block space-y-[3.5%] p-[9%] [--line:#e4dfd4]">
      <Skeleton className="h-[2.5%] w-2/5" />
      <Skeleton className="mb-[9%] h-[3.5%] w-3/5" />
      {['w-1/2', 'w-2/5', 'w-3/5', 'w-1/3', 'w-1/2', 'w-2/5'].map((width, index) => (
        <Skeleton key={index} className={`h-[1.8%] ${width}`} />
      ))}
    </span>
  )
}
