/** A picture among the files of a type. Shown as an image, so that nothing in it can run. */
import { words } from '../words'

export function FilePicture({ name, content, alt }: { name: string; content: string; alt?: string }) {
  const kind = name.endsWith('.png') ? 'image/png' : 'image/svg+xml'
  return (
    <div className="inline-grid min-h-20 min-w-32 place-items-center rounded-control border border-line bg-white p-3">
      {/* A file of a draft, in memory: next/image could only copy it. */}
      {/* eslint-disable-next-line @next/next/no-img-element */}
      <img src={`data:${kind};base64,${content}`} alt={alt ?? words.text.picture(name)} className="max-h-32 max-w-56" />
    </div>
  )
}
