'use client'
/** The camera of a page: on while somebody looks, off when the page is left or out of sight. */
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { Camera, type CameraTrouble } from './camera'

export type CameraState = 'off' | 'starting' | 'on' | CameraTrouble | 'not_loaded'

export interface UsedCamera {
  /** Shows what it sees. */
  video: RefObject<HTMLVideoElement | null>
  state: CameraState
  /** null where there is no lamp. */
  light: boolean | null
  /** There is another camera to change to. */
  several: boolean
  start(): void
  stop(): void
  switchLight(): void
  switchCamera(): void
}

/** `onCodes` is called for every picture in which codes were read. */
export function useCamera(onCodes: (codes: string[]) => void, startAtOnce: boolean): UsedCamera {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>('off')
  const [light, setLight] = useState<boolean | null>(null)
  const [several, setSeveral] = useState(false)
  const camera = useRef<Camera | null>(null)
  const hear = useRef(onCodes)
  useEffect(() => {
    hear.current = onCodes
  })

  const open = useCallback(async (deviceId?: string) => {
    if (!video.current) return
    const mine = (camera.current ??= new Camera(
      video.current,
      (codes) => hear.current(codes),
      () => setState('failed'),
    ))
    setState('starting')
    try {
      const trouble = await mine.start(deviceId)
      if (camera.current !== mine) return mine.stop()
      setState(trouble ?? 'on')
      if (trouble) return
      setLight(mine.hasLight ? false : null)
      setSeveral((await mine.next()) !== null)
    } catch {
      if (camera.current === mine) setState('not_loaded')
    }
  }, [])

  const close = useCallback(() => {
    camera.current?.stop()
    camera.current = null
  }, [])

  const isOn = state === 'on' || state === 'starting'
  useEffect(() => {
    if (!isOn) return
    // Nobody looks at a page that is out of sight, and its camera may not run on unnoticed.
    const look = () => (document.hidden ? close() : void open())
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [isOn, close, open])

  useEffect(() => {
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the camera is outside React: its state follows
    if (startAtOnce) void open()
    return close
  }, [startAtOnce, open, close])

  return {
    video,
    state,
    light,
    several,
    start: () => void open(),
    stop: () => {
      close()
      setState('off')
    },
    switchLight: () => {
      const on = !light
      void camera.current?.light(on).then(() => setLight(on))
    },
    switchCamera: () => void camera.current?.next().then((id) => open(id ?? undefined)),
  }
}
