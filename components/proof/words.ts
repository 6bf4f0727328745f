/** Sentences of the window that asks again who somebody is. */

export const words = {
  title: 'Confirm that it is you',
  lead: 'What you are about to do outlasts this moment, and you signed in a while ago.',
  action: 'Confirm',
  cancel: 'Cancel',
  external: (service: string) =>
    `What you are about to do outlasts this moment, and you signed in a while ago. Sign in at ${service} again; then do it once more.`,
  toService: (service: string) => `Go to ${service}`,
}
