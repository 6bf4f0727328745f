'use client'
/** A button that takes a file: what is too large is said before anything is read or sent. */
import { useId, useRef, useState, type ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { base64Of } from '@/lib/certificate-types/base64'
import { LARGEST_FILE } from '@/lib/type-checks/answers'
import { words } from '../words'

interface FileButtonProps {
  /** Endings, as the window of the browser takes them: ".svg,.png". */
  accept: string
  icon: ReactNode
  label: string
  /** Name of the file, as files of a type may be called, and its content in base64. */
  onFile: (name: string, content: string) => void
}

export function FileButton({ accept, icon, label, onFile }: FileButtonProps) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [wrong, setWrong] = useState('')
  const take = async (file: File) => {
    const endings = accept.split(',')
    if (file.size > LARGEST_FILE) return setWrong(words.rules.logoTooLarge(sizeOf(file.size), sizeOf(LARGEST_FILE)))
    if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return setWrong(kinds(endings))
    setWrong('')
    onFile(named(file.name), base64Of(new Uint8Array(await file.arrayBuffer())))
  }
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        accept={accept}
        tabIndex={-1}
        className="sr-only"
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          // The same file once more is a change, too.
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Button onClick={() => input.current?.click()}>
        {icon}
        {label}
      </Button>
      <p id={`${id}-wrong`} role="alert" className="mt-1.5 text-sm font-semibold text-stop empty:hidden">
        {wrong}
      </p>
    </div>
  )
}

function kinds(endings: string[]): string {
  return endings.includes('.svg') && endings.length === 2 ? words.rules.logoKind : `${endings.join(', ')}`
}

/** "50 MB", "400 KB" */
function sizeOf(bytes: number): string {
  const [size, unit] = bytes >= 1024 * 1024 ? [bytes / 1024 / 1024, 'MB'] : [bytes / 1024, 'KB']
  return `${size.toLocaleString('en', { maximumFractionDigits: 1 })} ${unit}`
}

/** As files of a type may be called: letters, digits, dots and dashes. */
function named(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
  return (/^[A-Za-z0-9]/.test(plain) ? plain : `file-${plain}`).slice(-100).toLowerCase()
}
