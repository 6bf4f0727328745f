/** Sentences of two corrections that met. */
export const conflictWords = {
  title: 'Someone corrected this certificate meanwhile',
  lead: 'Nothing of yours was sent.',
  who: (name: string, when: string, channel: 'api' | 'screen') =>
    channel === 'api'
      ? `${name} issued a correction by the API at ${when}.`
      : `${name} issued a correction at ${when}.`,
  pending: 'Another correction was accepted and is being signed now.',
  revoked: 'This certificate was cancelled meanwhile. It cannot be corrected.',
  suspended: 'This certificate is suspended. It can be corrected when the suspension ends.',
  asks: (n: number) =>
    n === 1
      ? 'You both changed one field in different ways. Choose what is right.'
      : `You both changed ${n} fields in different ways. Choose what is right.`,
  noQuestions: 'You changed different things. They are put together; look at them before you go on.',
  nothingLeft: 'Nothing of yours is left to send. No update is needed.',
  limitSaved: 'Your changes are saved as a draft. Contact your supervisor.',
  limit: 'Your changes were not sent. Contact your supervisor.',

  chooseTitle: 'Changed by both',
  settledTitle: 'Put together without a question',
  field: 'Field',
  started: 'When you started',
  yours: 'Yours',
  theirs: 'Theirs',
  choose: 'Choose',
  after: 'After',
  from: 'From',
  same: 'as before',
  empty: 'empty',
  which: (label: string) => `${label}: which one is right?`,
  another: 'Type another',
  anotherLabel: (label: string) => `${label}: another value`,
  missing: (label: string) => `Choose one for ${label}`,
  fromWhom: { yours: 'You', theirs: 'The other correction', both: 'Both' },

  next: 'Check the changes',
  openNew: 'Open the new certificate',
  discard: 'Discard my changes',
  back: 'Leave',
}
