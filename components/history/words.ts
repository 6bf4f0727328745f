/** What the history says of confirmations. */

export const historyWords = {
  confirmed: (time: string) => `The holder confirmed the changes on their own phone at ${time}.`,
  reissued: (version: number) => `Issued anew under version ${version} of its type`,
  reissuedSame: 'What it says stayed the same, and no update was used.',
  reissuedTitle: 'Certificate issued anew',
  reissuing: 'Being issued anew',
  notReissued: 'Not issued anew',
}
