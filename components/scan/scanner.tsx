'use client'
/** A QR code by camera, from a picture or PDF, or from the clipboard. Everything is read in the browser. */
import {
  Camera as CameraIcon,
  ClipboardPaste,
  Flashlight,
  FlashlightOff,
  ImageUp,
  LoaderCircle,
  SwitchCamera,
  X,
} from 'lucide-react'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useHydrated } from '@/components/hydrated'
import { useWords } from '@/components/public/language-provider'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { codesInFile, type FileProblem } from './codes-in-file'
import { fileIn, pasteFromClipboard, textIn } from './pasted'
import { useCamera, type CameraState } from './use-camera'
import { scanWords } from './words'

/** So long somebody tries before the page gives advice. */
const PATIENCE_MS = 45_000
/** A code beside the certificate's must be in the picture this often before it is taken for what is meant. */
const FOREIGN_SIGHTINGS = 6

interface ScannerProps {
  /** What the code holds; of several the one that is a certificate. */
  onScan: (text: string, by: 'camera' | 'file') => void
  /** The camera was used before: it opens without another press. */
  startAtOnce?: boolean
  /** Another file is looked at elsewhere; nothing new is taken. */
  busy?: boolean
}

export function Scanner({ onScan, startAtOnce = false, busy = false }: ScannerProps) {
  const words = useWords(scanWords)
  const hydrated = useHydrated()
  const picker = useRef<HTMLInputElement>(null)
  const foreign = useRef(0)
  const [reading, setReading] = useState(false)
  const [problem, setProblem] = useState<FileProblem | 'nothing_pasted' | null>(null)
  const [pasting, setPasting] = useState(false)
  const [dropping, setDropping] = useState(false)

  const { video, state, light, several, start, stop, switchLight, switchCamera } = useCamera((codes) => {
    void certificateAmong(codes).then((certificate) => {
      if (certificate === null && ++foreign.current < FOREIGN_SIGHTINGS) return
      foreign.current = 0
      onScan(certificate ?? codes[0]!, 'camera')
    })
  }, startAtOnce)
  const looking = state === 'on' || state === 'starting'

  const take = useCallback(
    async (file: Blob) => {
      setProblem(null)
      setReading(true)
      const found = await codesInFile(file)
      setReading(false)
      if ('problem' in found) setProblem(found.problem)
      else onScan((await certificateAmong(found.codes)) ?? found.codes[0]!, 'file')
    },
    [onScan],
  )

  const takePasted = useCallback(
    (data: DataTransfer | null): boolean => {
      const file = fileIn(data)
      const text = textIn(data)
      if (file) void take(file)
      else if (text) onScan(text, 'file')
      return Boolean(file || text)
    },
    [take, onScan],
  )

  // Ctrl+V anywhere on the page, except where somebody types.
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const target = event.target as HTMLElement | null
      if (target?.closest('input:not([data-paste]), textarea:not([data-paste])')) return
      if (takePasted(event.clipboardData)) event.preventDefault()
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [takePasted])

  const pressPaste = async () => {
    setProblem(null)
    const pasted = await pasteFromClipboard()
    if (pasted === 'ask') setPasting(true)
    else if (pasted === null) setProblem('nothing_pasted')
    else if (typeof pasted === 'string') onScan(pasted, 'file')
    else void take(pasted)
  }

  const shown = problem ? sentenceOf(problem, words) : troubleOf(state, words)

  return (
    <div
      className={`sheet overflow-hidden ${dropping ? 'border-act bg-act-soft' : ''}`}
      onDragOver={(event) => {
        event.preventDefault()
        setDropping(true)
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={(event) => {
        event.preventDefault()
        setDropping(false)
        if (!takePasted(event.dataTransfer)) setProblem('unreadable')
      }}
    >
      <div className={looking ? 'relative bg-ink' : 'hidden'}>
        <video
          ref={video}
          muted
          playsInline
          aria-label={words.video}
          className="mx-auto block aspect-square max-h-[60dvh] w-full object-cover"
        />
        <Frame />
        <p className="pointer-events-none absolute inset-x-0 bottom-3 px-4 text-center">
          <span className="inline-block rounded-control bg-[#12171e]/80 px-3 py-1 text-sm font-medium text-white">
            {state === 'starting' ? words.starting : words.aim}
          </span>
        </p>
        <div className="absolute end-2 top-2 flex gap-2">
          {light !== null && (
            <OnVideo label={light ? words.lightOff : words.lightOn} onClick={switchLight}>
              {light ? <FlashlightOff aria-hidden /> : <Flashlight aria-hidden />}
            </OnVideo>
          )}
          {several && (
            <OnVideo label={words.other} onClick={switchCamera}>
              <SwitchCamera aria-hidden />
            </OnVideo>
          )}
          <OnVideo label={words.stop} onClick={stop}>
            <X aria-hidden />
          </OnVideo>
        </div>
      </div>

      <div className="flex flex-col gap-3 p-4 sm:p-5">
        {!looking && (
          <Button
            kind="main"
            className="min-h-14 w-full text-base"
            disabled={!hydrated || busy}
            onClick={() => {
              setProblem(null)
              start()
            }}
          >
            <CameraIcon aria-hidden className="size-5" />
            {words.start}
          </Button>
        )}
        <div className="grid gap-3 sm:grid-cols-2">
          <Button disabled={!hydrated || busy || reading} onClick={() => picker.current?.click()}>
            <ImageUp aria-hidden className="size-4" />
            {words.open}
          </Button>
          <Button disabled={!hydrated || busy || reading} onClick={() => void pressPaste()}>
            <ClipboardPaste aria-hidden className="size-4" />
            {words.paste}
          </Button>
        </div>
        <input
          ref={picker}
          type="file"
          tabIndex={-1}
          aria-label={words.open}
          accept="image/*,application/pdf,.jsonld,.json"
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) void take(file)
            target.value = '' // the same file may be opened again
          }}
        />
        {pasting && (
          <label className="flex flex-col gap-1 text-sm font-semibold">
            {words.pasteLabel}
            <textarea
              data-paste
              autoFocus
              rows={3}
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              className="rounded-control border border-edge bg-sheet px-3 py-2 font-normal"
              onChange={({ target }) => target.value.trim() !== '' && onScan(target.value, 'file')}
            />
          </label>
        )}
        <p className="text-center text-sm text-ink-3 max-sm:hidden">{words.drop}</p>
        <div role="status" className="empty:hidden">
          {(reading || busy) && (
            <p className="flex items-center justify-center gap-2 text-[0.9375rem]">
              <LoaderCircle aria-hidden className="size-4 animate-[turn_1s_linear_infinite]" />
              {words.reading}
            </p>
          )}
        </div>
        {shown && <Notice kind="warn" live="alert" title={shown} />}
        {looking && <Tips />}
      </div>
    </div>
  )
}

/** Of several codes the first that is a certificate; null for none, and where the part that knows did not come. */
async function certificateAmong(codes: string[]): Promise<string | null> {
  const scanned = await import('@/lib/verification/scanned').catch(() => null)
  return codes.find((code) => scanned?.readScanned(code)) ?? null
}

type Words = (typeof scanWords)['en']

function sentenceOf(problem: FileProblem | 'nothing_pasted', words: Words): string {
  return problem === 'nothing_pasted' ? words.nothingPasted : words.problem[problem]
}

/** Why the camera does not run, null while it does or was not wanted. */
function troubleOf(state: CameraState, words: Words): string | null {
  if (state === 'off' || state === 'starting' || state === 'on') return null
  return state === 'not_loaded' ? words.problem.not_loaded : words.trouble[state]
}

/** Advice for whoever has been trying for a while. Comes once, without taking anything away. */
function Tips() {
  const words = useWords(scanWords)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div role="status" className="empty:hidden">
      {shown && (
        <Notice kind="info" title={words.tipsTitle}>
          <ul className="mt-1 list-disc space-y-1 ps-5">
            {words.tips.map((tip) => (
              <li key={tip}>{tip}</li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}

/** Four corners that show where the code belongs. */
function Frame() {
  const corner = 'absolute size-8 border-white'
  return (
    <div aria-hidden className="pointer-events-none absolute inset-[9%] drop-shadow-[0_0_2px_rgb(0_0_0/0.7)]">
      <span className={`${corner} start-0 top-0 rounded-ss-lg border-s-4 border-t-4`} />
      <span className={`${corner} end-0 top-0 rounded-se-lg border-e-4 border-t-4`} />
      <span className={`${corner} start-0 bottom-0 rounded-es-lg border-s-4 border-b-4`} />
      <span className={`${corner} end-0 bottom-0 rounded-ee-lg border-e-4 border-b-4`} />
    </div>
  )
}

function OnVideo({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-11 place-items-center rounded-full bg-[#12171e]/75 text-white hover:bg-[#12171e] [&_svg]:size-5"
    >
      {children}
    </button>
  )
}
