/** Sentences of the second step of signing in, and of the sign-in service. */

export const signInWords = {
  code: {
    title: 'Enter your code',
    lead: 'From the authenticator app on your phone. The code changes every 30 seconds.',
    label: 'Code of six digits',
    recovery: 'Use a recovery code',
    recoveryLead: 'One of the codes that you wrote down. Each works once.',
    recoveryLabel: 'Recovery code',
    app: 'Use the app',
    missing: 'Enter the code',
    back: 'Somebody else',
    lost: 'Phone and codes lost? Ask your administrator.',
  },
  service: {
    or: 'or',
    go: (name: string) => `Continue with ${name}`,
    going: 'One moment…',
  },
  /** Why somebody whom the sign-in service let in does not get in here. */
  refused: {
    'no-role': 'Your account at the sign-in service has no role for this system. Ask its administrator for one.',
    'no-facility': 'Your account at the sign-in service names no facility. Ask its administrator.',
    'unknown-facility': 'The facility of your account is not known here. Ask the administrator of this system.',
    'disabled-facility': 'Your facility is disabled. Ask your administrator.',
    disabled: 'You cannot sign in any more. Ask your administrator.',
    'username-taken':
      'There is an account with your username already. Sign in with its password and connect the two on the page of your account.',
    'second-factor':
      'Your account here needs a second factor, and the sign-in service did not say that it asked for one. Ask its administrator.',
    'not-asked': 'The sign-in service let you in without asking. Sign out there, and begin anew.',
    'linked-elsewhere': 'This account of the sign-in service is connected with another person here.',
  } as Record<string, string>,
  serviceFailed: 'The sign-in service did not give an answer that can be accepted. Begin anew.',
}
