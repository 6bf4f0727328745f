/** What the page says about several doses that were corrected together. */
export const severalWords = {
  signing: (n: number) => `Signing ${n} new certificates…`,
  signingLead: 'You can leave this page. Each old certificate stays valid until its new one is ready.',
  done: (n: number) => `${n} certificates replaced`,
  some: (done: number, all: number) => `${done} of ${all} certificates replaced`,
  none: 'No certificate was replaced',
  someLead: 'Where it failed the old certificate is still valid, and no update was used.',
  dose: (dose: number) => `Dose ${dose}`,
  doneOne: 'Replaced',
  moved: (to: number) => `Moved to dose ${to}`,
  waiting: 'Signing, then scanning the QR code as a test',
  failed: 'Not issued. The old certificate is still valid. This did not use an update.',
  unknown: 'We cannot say now what became of this dose.',
  open: (dose: number) => `Open dose ${dose}`,
  announce: (dose: number, what: string) => `Dose ${dose}: ${what}`,
}
