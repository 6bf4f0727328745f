/** What the check page says about the person's other doses and about a move to another dose. */
import type { OtherDose } from './carried'

const listed = (parts: string[]) =>
  parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts.join('')

export const doseWords = {
  title: 'The person’s other doses',
  lead: (dose: number) =>
    `The same details may be wrong there too. What is ticked is sent together with dose ${dose}: all of it, or nothing.`,
  looking: 'Looking for the person’s other doses…',
  none: 'This person has no other doses here.',
  failed: 'We could not look for the person’s other doses. You can still replace this certificate.',
  tick: (dose: number) => `Also correct dose ${dose}`,
  left: (remaining: number, limit: number, dose: number) => `${remaining} of ${limit} updates left for dose ${dose}`,
  last: 'This is the last one.',
  changes: (dose: number) => `Changes to dose ${dose}`,
  differs: (labels: string[], dose: number) =>
    `Dose ${dose} says something else now: ${listed(labels).toLowerCase()}. Tick it only if it should say the same.`,
  blocked: {
    other_facility: 'Belongs to another facility. Only that facility can correct it.',
    revoked: 'Was cancelled.',
    suspended: 'Is suspended.',
    not_issued: 'Has no certificate yet.',
    being_issued: 'Another update of it is being signed now.',
    no_updates_left: 'No updates left.',
    says_so_already: 'Says so already.',
  } satisfies Record<NonNullable<OtherDose['blocked']>, string>,

  submit: (n: number) => (n === 1 ? 'Replace the certificate' : `Replace ${n} certificates`),
  stop: 'stop being valid at that moment and verify as replaced.',
  newNumbers: (n: number) => `${n} new certificate numbers are made and signed;`,
  testedAll: 'Each new QR code is scanned as a test first. If one cannot be read, that dose stays as it is.',
  and: 'and',

  refusedTitle: 'Nothing was sent, because of another dose',
  stale: (dose: number) =>
    `Dose ${dose} was corrected by somebody else meanwhile. It is shown above as it is now: check it again.`,
  refusedOne: (dose: number, sentence: string) => `Dose ${dose}: ${sentence}`,
  refusedNext: 'Look at the doses above, then send again, with or without them.',

  moveTitle: 'Check the move',
  moveAction: 'Change',
  moveHappens: (from: number, to: number) =>
    `The certificate becomes dose ${to}. Its history and its updates left go along, and dose ${from} is free.`,
  moveKept: (to: number) => `Until it is signed, dose ${to} is kept for it.`,
  moveSubmit: (to: number) => `Move it to dose ${to}`,
  taken: 'That dose was taken meanwhile. Nothing was sent.',
  choose: 'Choose another dose',
  pending: 'Another update of this dose is being signed now. Nothing was sent.',
  pendingNext: 'Wait until it is there, then start again from the current certificate.',
  openCertificate: 'Open the certificate',
}
