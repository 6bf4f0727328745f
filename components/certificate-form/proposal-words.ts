/** Sentences about what a holder, or a correction that was not issued, says the fields should be. */

export const words = {
  says: { report: 'The holder says:', failure: 'Not issued:' },
  empty: 'empty',
  wrong: 'this is wrong',
  use: 'Use it',
  forField: (label: string) => `for ${label}`,
  hidden: 'something. Reveal the field to read it.',
  report: (reference: string) => `What the holder says stands beside the fields (report ${reference}).`,
  failure: 'What was not issued stands beside the fields.',
  nothingFilled: 'Nothing was filled in. Check each value before you use it.',
  nothingLeft: 'The certificate already says all of it.',
  note: 'The holder also writes:',
  unavailable: 'We cannot show now what the fields should be. You can correct without it.',
}
