/** Sentences of the end of a session. */

function left(seconds: number): string {
  if (seconds > 90) return '2 minutes'
  if (seconds > 45) return '1 minute'
  if (seconds > 15) return '30 seconds'
  return seconds > 5 ? '10 seconds' : 'a moment'
}

export const idleWords = {
  title: (seconds: number) => `You will be signed out in ${left(seconds)}.`,
  draft: {
    none: 'Nobody has used this page for a while.',
    saved: 'Your draft is saved.',
    saving: 'Your draft is being saved.',
    unsaved: 'Your last changes are not saved.',
  },
  longest: 'You have been signed in for 12 hours. Sign in again to go on.',
  stay: 'Stay signed in',
  signOut: 'Sign out',
  signInAgain: 'Sign in again',
  unreachable: 'There is no connection. Try again.',
  over: 'You were signed out',
  overLead: 'Nobody used this page for 15 minutes.',
  overElsewhere: 'The session has ended.',
}
