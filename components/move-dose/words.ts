/** What the screens say about moving a certificate to another dose. */
import type { Target } from './targets'

export const moveWords = {
  title: 'Move to another dose',
  pageTitle: (number: string) => `Move certificate ${number}`,
  link: 'Move to another dose',
  /** Where an instant tells certificates apart: "Sample taken". */
  instant: {
    link: (label: string) => `Correct “${label}”`,
    title: (label: string) => `Correct “${label}”`,
    lead: (label: string) =>
      `Certificates of one code are told apart by “${label}”. Where it was recorded wrongly, the certificate moves to the right one.`,
    really: 'As it really was',
    missing: 'Give the day and the time as they really were',
    steps: [
      'A new certificate number is made and signed. The old one verifies as replaced.',
      'The history and the updates left go along. What really was at the old time can be certified by the source system.',
      'It uses one update of this certificate. Other details can be corrected in the same step.',
    ],
    check: 'Check the correction',
    planned: (title: string) => `After this correction: ${title}.`,
    dont: 'Leave it as it is',
  },
  locked: 'A certificate belongs to one dose.',
  lead: (dose: number) => `For a certificate that was recorded as dose ${dose} and is another one.`,
  is: 'Now',
  becomes: 'After the move',
  noTarget: 'Not chosen yet',
  which: 'Which dose is it really?',
  free: 'Free',
  freeAgain: 'Free: what was here was cancelled',
  booster: 'booster',
  why: {
    taken: 'Taken: it has a certificate',
    other_facility: 'Taken: a certificate of another facility',
    kept: 'Taken: another certificate is being moved here',
  } satisfies Record<NonNullable<Target['blocked']>, string>,
  swapTitle: 'Two doses the wrong way round?',
  swap: (free: number) =>
    `Move one to a free number first, for example dose ${free}. Then move the other, and the first to its place. That is three moves: two updates of one dose, one of the other.`,
  happens: 'What happens',
  steps: (from: number) => [
    'A new certificate number is made and signed. The old one verifies as replaced.',
    `The history and the updates left go along. Dose ${from} is free afterwards: what really was dose ${from} can be certified by the source system.`,
    'The move uses one update of this certificate. Other details can be corrected in the same step.',
  ],
  alsoSent: (labels: string[]) => `Your other changes are sent with the move: ${labels.join(', ')}.`,
  check: 'Check the move',
  cancel: 'Cancel',
  targetMissing: 'Choose the dose that it really is',
  nothingFree: 'No other number is free.',
  doses: 'Looking for the person’s other doses…',
  failed: 'We cannot say now which doses are free. Nothing was changed.',
  planned: (to: number) => `The certificate also moves to dose ${to} when you replace it.`,
  dontMove: 'Do not move it',
  history: (from: string, to: string) => `Moved from dose ${from} to dose ${to}`,
  moving: (to: number) => `Being moved to dose ${to}`,
  notMoved: (to: number) => `Not moved to dose ${to}`,
  done: (to: number) => `Certificate moved to dose ${to}`,
}
