/** A tone and a vibration for people who look at the person and not at the screen. Off until somebody switches it on. */

export type Tone = 'good' | 'look' | 'bad' | 'unknown'

/** Hertz and milliseconds, one after the other. The pitch falls as the news get worse. */
const TONES: Record<Tone, [pitch: number, length: number][]> = {
  good: [[880, 140]],
  look: [
    [587, 140],
    [587, 140],
  ],
  bad: [[196, 600]],
  unknown: [[392, 260]],
}
const BETWEEN_MS = 90
const KEY = 'errata-verify-sound'

let speaker: AudioContext | undefined

/** Whether somebody wanted sounds on this device. */
export function soundChosen(): boolean {
  return localStorage.getItem(KEY) === 'on'
}

/** Browsers let a page make sounds after a press only: this is called with one. */
export function chooseSound(on: boolean): void {
  if (on) {
    localStorage.setItem(KEY, 'on')
    give('good')
  } else {
    localStorage.removeItem(KEY)
  }
}

/** Sounds and vibrates, each as far as the device can. */
export function give(tone: Tone): void {
  const parts = TONES[tone]
  navigator.vibrate?.(parts.flatMap(([, length], index) => (index === 0 ? [length] : [BETWEEN_MS, length])))
  if (typeof AudioContext === 'undefined') return
  speaker ??= new AudioContext()
  let at = speaker.currentTime
  for (const [pitch, length] of parts) {
    const voice = speaker.createOscillator()
    const volume = speaker.createGain()
    voice.frequency.value = pitch
    volume.gain.value = 0.15
    voice.connect(volume).connect(speaker.destination)
    voice.start(at)
    voice.stop(at + length / 1000)
    at += (length + BETWEEN_MS) / 1000
  }
}
