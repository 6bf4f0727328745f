/** Sentences about what an operator opened last. */

export const words = {
  title: 'Opened last',
  hint: 'Only you see this. Initials, so that nobody reads names over your shoulder.',
  forget: 'Forget these',
  forgotten: 'Forgotten.',
  failed: 'They could not be forgotten. Try again.',
}
