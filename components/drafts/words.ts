/** Sentences about drafts and about who else is there. */

function ago(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`
  const hours = Math.floor(minutes / 60)
  return hours === 1 ? '1 hour ago' : `${hours} hours ago`
}

export const draftWords = {
  saving: 'Saving the draft…',
  saved: (time: string) => `Draft saved ${time}`,
  savedOnce: 'Draft saved',
  offline: 'Not saved: no connection',
  refused: 'Not saved: a value is too long',
  elsewhereShort: 'Not saved: changed elsewhere',
  signedOut: 'Not saved: you were signed out',

  restored: (time: string) => `Your draft of ${time} was restored.`,
  startOver: 'Start over',
  startedOver: 'This is the certificate as it is now. Your draft is put aside.',
  bringBack: 'Bring my draft back',

  elsewhere: 'You changed this draft in another window or on another computer.',
  elsewhereNext: 'What you type here is not saved until you say which one to keep.',
  takeOther: 'Use the other one',
  keepThis: 'Keep what is here',

  leave: {
    title: 'Leave this correction?',
    body: 'Nothing was sent. A draft is kept for 24 hours, and only you can open it.',
    save: 'Save draft',
    discard: 'Discard',
    stay: 'Stay',
    failed: 'There is no connection. Stay here, or try again.',
  },

  list: {
    title: 'Continue a draft',
    hint: 'Begun and not sent. A draft is kept for 24 hours, and only you can open it.',
    saved: (time: string) => `saved ${time}`,
    replaced: 'certificate replaced meanwhile',
  },

  presence: {
    open: (name: string, facility: string | null, seconds: number) =>
      `${name} (${facility ?? 'all facilities'}) opened this ${ago(seconds)}.`,
    advice: 'You can both go on. Whoever replaces the certificate second compares the two.',
    replaced: 'This certificate was corrected meanwhile.',
    replacedNext: 'Your changes are still here. Compare them with the new certificate before you go on.',
    compare: 'Compare now',
    openCurrent: 'Open the current certificate',
  },
}
