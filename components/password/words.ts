/** Sentences of the page on which somebody sets the own password. */

export const words = {
  title: 'Change your password',
  titleFirst: 'Set your own password',
  leadFirst: (name: string) =>
    `Welcome, ${name}. You signed in with a one-time password. Set one that only you know; then you can start.`,
  lead: 'This session goes on. You are signed out everywhere else.',
  current: 'Your password now',
  fresh: 'New password',
  freshHint: 'At least 12 characters. Several words that do not belong together are strong and easy to remember.',
  again: 'New password once more',
  show: 'Show the passwords',
  submit: 'Set the password',
  sending: 'Setting…',
  currentMissing: 'Enter your password now',
  freshMissing: 'Enter a new password',
  tooShort: 'The new password needs at least 12 characters',
  different: 'The two new passwords are not the same',
  back: 'Back without changing',
  signOut: 'Sign out',
  signedOut: 'You were signed out. Sign in again.',
  unavailable: 'The password could not be set. Try again.',
  unknownOutcome: 'No answer came. Try again; if the old password does not work any more, the new one was set.',
}
