/** A camera that is looked through for QR codes: pictures stay in memory for as long as one is read. */
import { loadReader, readCodes } from './read-codes'
import { resampled, type Picture } from './resample'

export type CameraTrouble = 'denied' | 'absent' | 'busy' | 'insecure' | 'failed'

/** What a browser says about a lamp, which TypeScript's declarations do not know. */
type WithTorch = MediaTrackCapabilities & { torch?: boolean }

/** Codes with the most modules need every pixel there is; more than this takes phones too long. */
const WANTED: MediaTrackConstraints = { width: { ideal: 1920 }, height: { ideal: 1080 } }
/** Between two pictures, so that the page stays at hand while one is read. */
const PAUSE_MS = 60
/** Pixels; 800 in the square. */
const SMALL_PICTURE = 640_000

export class Camera {
  private stream: MediaStream | null = null
  private turn = 0
  private readonly canvas = document.createElement('canvas')

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly onCodes: (codes: string[]) => void,
    /** The camera was taken away: unplugged, or the permission withdrawn. */
    private readonly onEnded: () => void,
  ) {}

  /**
   * Opens the camera (the one at the back without `deviceId`) and begins to look. What is in the way comes as the answer.
   * Rejects when the reader cannot be loaded.
   */
  async start(deviceId?: string): Promise<CameraTrouble | null> {
    this.stop()
    if (!navigator.mediaDevices?.getUserMedia) return 'insecure'
    const which: MediaTrackConstraints = deviceId
      ? { deviceId: { exact: deviceId } }
      : { facingMode: { ideal: 'environment' } }
    const turn = ++this.turn
    const loading = loadReader()
    let stream: MediaStream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...WANTED, ...which } })
    } catch (error) {
      await Promise.allSettled([loading])
      return troubleOf(error)
    }
    try {
      await loading
      // Stopped, or started again, while somebody was asked for the permission.
      if (turn !== this.turn) throw new DOMException('', 'AbortError')
      this.video.srcObject = stream
      await this.video.play()
    } catch (error) {
      for (const track of stream.getTracks()) track.stop()
      if (error instanceof DOMException && error.name === 'AbortError') return null
      throw error
    }
    this.stream = stream
    this.track?.addEventListener('ended', this.onEnded)
    void this.watch(stream)
    return null
  }

  /** Switches the camera off. */
  stop(): void {
    this.turn++
    for (const track of this.stream?.getTracks() ?? []) track.stop()
    // Another camera may have the picture by now.
    if (this.stream && this.video.srcObject === this.stream) this.video.srcObject = null
    this.stream = null
  }

  /** Whether there is a lamp to switch. */
  get hasLight(): boolean {
    const capabilities = this.track?.getCapabilities?.() as WithTorch | undefined
    return capabilities?.torch === true
  }

  async light(on: boolean): Promise<void> {
    await this.track?.applyConstraints({ advanced: [{ torch: on } as MediaTrackConstraintSet] })
  }

  /** The id of the camera after this one, null where there is only one. */
  async next(): Promise<string | null> {
    const devices = await navigator.mediaDevices.enumerateDevices()
    const ids = devices
      .filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId)
      .map(({ deviceId }) => deviceId)
    const at = ids.indexOf(this.track?.getSettings().deviceId ?? '')
    return ids.length < 2 ? null : ids[(at + 1) % ids.length]!
  }

  private get track(): MediaStreamTrack | undefined {
    return this.stream?.getVideoTracks()[0]
  }

  /** The middle is looked at more often than the rest, and now and then more thoroughly. */
  private async watch(stream: MediaStream): Promise<void> {
    for (let turn = 0; this.stream === stream; turn++) {
      await nextPicture(this.video)
      const picture = this.stream === stream ? this.grab(turn % 3 === 2) : null
      if (!picture) continue
      const thorough = turn % 4 === 3
      const codes = await readCodes(thorough ? largeEnough(picture) : picture, thorough)
      if (codes.length > 0 && this.stream === stream) this.onCodes(codes)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }

  private grab(whole: boolean): ImageData | null {
    const { videoWidth, videoHeight } = this.video
    if (videoWidth === 0 || videoHeight === 0) return null
    const side = Math.min(videoWidth, videoHeight)
    const [width, height] = whole ? [videoWidth, videoHeight] : [side, side]
    this.canvas.width = width
    this.canvas.height = height
    const context = this.canvas.getContext('2d', { willReadFrequently: true })!
    context.drawImage(
      this.video,
      (videoWidth - width) / 2,
      (videoHeight - height) / 2,
      width,
      height,
      0,
      0,
      width,
      height,
    )
    return context.getImageData(0, 0, width, height)
  }
}

/** Simple cameras have too few pixels for the largest codes; what is enlarged is read more often. */
function largeEnough(picture: Picture): Picture {
  return picture.width * picture.height <= SMALL_PICTURE ? resampled(picture, 2) : picture
}

/** Not every browser says when a new picture is there. */
function nextPicture(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    if ('requestVideoFrameCallback' in video) {
      video.requestVideoFrameCallback(() => resolve())
      // A camera that was stopped has no next picture.
      setTimeout(resolve, 500)
    } else {
      setTimeout(resolve, 100)
    }
  })
}

function troubleOf(error: unknown): CameraTrouble {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed'
}
