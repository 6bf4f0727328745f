/** Sentences about the checks of samples of certificates. */
import { withCommas } from '@/components/with-commas'
import type { CheckProblem } from '@/lib/status-lists/answers'

function certificates(n: number): string {
  return `${withCommas(n)} ${n === 1 ? 'certificate' : 'certificates'}`
}

function problems(n: number): string {
  return `${withCommas(n)} ${n === 1 ? 'problem' : 'problems'}`
}

export const words = {
  title: 'Checks',
  lead: 'Certificates drawn at random are looked at as a verifier would: text, signatures, QR code, and what is published about them.',
  nightly: (hour: number, size: number) =>
    size === 0
      ? 'No check at night is set up.'
      : `Every night after ${String(hour).padStart(2, '0')}:00 up to ${certificates(size)} are checked.`,
  start: 'Check now',
  starting: 'Checking…',
  notStarted: 'The check was not started. Try again.',
  unavailable: 'We cannot show the checks now.',
  none: 'Nothing has been checked yet.',
  noneNext: 'The first check begins tonight, or now if you start it.',
  night: (day: string) => `Night of ${day}`,
  askedBy: 'Asked for by ',
  waits: 'Waits for a worker',
  of: (checked: number, size: number) => `${withCommas(checked)} of up to ${certificates(size)}`,
  checked: certificates,
  seconds: (n: number) => (n < 60 ? `${n} s` : `${Math.round(n / 60)} min`),
  states: { running: 'Running', good: 'Nothing wrong', bad: problems },
  told: (found: number) =>
    found === 0 ? 'The check is finished. Nothing is wrong.' : `The check found ${problems(found)}.`,
  shownOnly: 'Only the first 100 are shown.',
  whatNow:
    'Somebody who runs this installation has to find out why: what is stored is not what was issued, or what is published is not what is stored.',
  alarm: (found: number) => `The last check of certificates found ${problems(found)}.`,
  alarmLink: 'See what is wrong',
  kinds: {
    text: 'The stored text is not the one that was issued.',
    signature: 'The signature that scanners check does not hold.',
    form2: 'The form of VC Data Model 2.0 does not verify.',
    place: 'The form of VC Data Model 2.0 names another place in the status lists.',
    state: 'Verifiers are told another state than what last happened to it.',
    status_list: 'The signed status lists say something else.',
    revocation_list: 'The signed revocation list says something else.',
    qr: 'Its QR code cannot be read back from its picture.',
  } satisfies Record<CheckProblem['problem'], string>,
}
