/** Sentences about cancelling, suspending and lifting. Operators cancel; the API says revoke. */
import type { StatusReason } from '@/lib/api/contract'

type Cause = StatusReason['cause']
export type Action = 'cancel' | 'suspend' | 'lift'

/** "once", "3 times" */
const updates = (n: number) => (n === 1 ? '1 update' : `${n} updates`)

const waiting = (n: number) =>
  n === 1
    ? 'The correction that is being signed now ends: no certificate comes of it, and it costs no update.'
    : `The ${n} corrections that are being signed now end: no certificates come of them, and they cost no updates.`

export const words = {
  /** On the record. */
  section: 'When it must not count',
  sectionLead: {
    current: 'Suspend it while something is being looked into; cancel it when it should never have been issued.',
    suspended: 'Lift the suspension when it is right after all; cancel it when it should never have been issued.',
  },
  open: {
    cancel: 'Cancel certificate…',
    suspend: 'Suspend…',
    change: 'Change the suspension…',
    lift: 'Lift suspension…',
  },

  standing: {
    cancelled: (moment: string) => `This certificate was cancelled on ${moment}.`,
    cancelledNext: 'It verifies as cancelled, for good, and cannot be corrected.',
    again: (which: string) =>
      `A new certificate ${which} can be issued: when the source system certifies it again, it begins as version 1.`,
    suspended: (moment: string) => `This certificate is suspended since ${moment}.`,
    suspendedUntil: (since: string, until: string) => `This certificate is suspended from ${since} until ${until}.`,
    suspendedNext: 'It verifies as suspended and cannot be corrected until somebody lifts the suspension.',
    suspendedUntilNext:
      'It verifies as suspended and cannot be corrected. It is valid again by itself when that is over.',
    why: 'Reason',
    by: 'By',
    note: 'Note',
  },

  /** What was said, by the state that it led to. */
  causes: {
    revoked: {
      error: 'It should not have been issued',
      fraud: 'Forged, or obtained dishonestly',
      recall: 'The vaccine, test or batch was called back',
      other: 'Another reason',
    },
    suspended: {
      error: 'It may be wrong and is being looked into',
      fraud: 'It may be forged or obtained dishonestly, and is being looked into',
      recall: 'The vaccine, test or batch is being looked into',
      other: 'Another reason',
    },
    current: {
      error: 'It was suspended by mistake',
      fraud: 'It was looked into: it is genuine',
      recall: 'The vaccine, test or batch is all right',
      other: 'It was looked into',
    },
  } satisfies Record<'revoked' | 'suspended' | 'current', Record<Cause, string>>,

  pageTitle: {
    cancel: (number: string) => `Cancel certificate ${number}`,
    suspend: (number: string) => `Suspend certificate ${number}`,
    lift: (number: string) => `Lift the suspension of certificate ${number}`,
  },
  title: {
    cancel: 'Cancel this certificate',
    suspend: 'Suspend this certificate',
    change: 'Change the suspension',
    lift: 'Lift the suspension',
  },
  lead: {
    cancel: 'For a certificate that should never have counted. A wrong detail is corrected instead.',
    suspend: 'For the time in which something is being looked into.',
    change: 'Another end, or another reason. Since when it is suspended stays as it is.',
    lift: 'For a certificate that was looked into and is right.',
  },
  correctInstead: 'Correct it instead',

  happens: 'What happens',
  steps: {
    cancel: (which: string, limit: number) => [
      'Whoever checks this certificate sees “Cancelled” at once, on paper and on every phone. A checking device without a connection sees it when it gets the next list.',
      'The holder’s page says that it was cancelled, on which day and why, and shows no QR code any more. Where this installation sends messages, the holder gets one.',
      'Nobody can undo this.',
      `A new certificate ${which} can be issued afterwards. It begins as version 1 with ${limit === 0 ? 'no updates' : updates(limit)}; this one stays in the history.`,
    ],
    /** until: null = until somebody lifts it, "" = not typed yet. */
    suspend: (until: string | null) => [
      'Whoever checks this certificate sees “Suspended” at once, on paper and on every phone. A checking device without a connection sees it when it gets the next list.',
      'The holder’s page says that it is suspended, since when, until when and why, and shows no QR code meanwhile. Where this installation sends messages, the holder gets one.',
      'It cannot be corrected meanwhile.',
      until === null
        ? 'It stays suspended until somebody lifts the suspension or cancels the certificate.'
        : `${until === '' ? 'At the time that you set' : `On ${until}`} it is valid again by itself, without a new certificate. Until then somebody can lift the suspension, change its end or cancel the certificate.`,
    ],
    lift: () => [
      'Whoever checks this certificate sees “Valid” again at once. No new certificate is needed: every copy counts again.',
      'The holder’s page shows it with its QR code again. Where this installation sends messages, the holder gets one.',
      'It can be corrected again.',
      'That it was suspended stays in the history.',
    ],
  },
  waiting,
  drafts: 'A correction that somebody has begun and not sent cannot be sent any more.',
  draftsSuspended: 'A correction that somebody has begun cannot be sent meanwhile; its draft is kept for a day.',

  why: {
    cancel: 'Why is it cancelled?',
    suspend: 'Why is it suspended?',
    lift: 'Why is the suspension lifted?',
  },
  whyHint: 'The holder and those who check the certificate are told this reason, and nothing more.',
  whyHintLift: 'Only operators read it, in the history.',
  choices: {
    cancel: {
      error: 'It should not have been issued: for the wrong person, for what never took place, or twice',
      fraud: 'It is forged, or was obtained dishonestly',
      recall: 'The vaccine, test or batch was called back',
      other: 'Another reason',
    },
    suspend: {
      error: 'It may be wrong and is being looked into',
      fraud: 'It may be forged, or obtained dishonestly, and is being looked into',
      recall: 'The vaccine, test or batch is being looked into',
      other: 'Another reason',
    },
    lift: {
      other: 'It was looked into: the certificate is right',
      error: 'It was suspended by mistake',
      recall: 'The vaccine, test or batch is all right',
    },
  } as Record<Action, Partial<Record<Cause, string>>>,
  whyMissing: 'Choose why',
  note: 'Note',
  noteOptional: 'optional',
  noteHint: 'For operators and source systems alone; at most 500 characters.',
  noteMissing: 'Write down the reason',
  noteLong: 'The note may have at most 500 characters',

  end: 'How long?',
  ends: { never: 'Until somebody lifts it', day: 'Until a time that I set' },
  endAt: 'Valid again from',
  endHint: (zone: string) => `Day and time, in ${zone}.`,
  endMissing: 'Enter day and time',
  endWrong: 'Enter a day and a time that exist',
  endPast: 'Enter a time that is still to come',

  confirmTitle: 'To be sure',
  confirm: (last: string) => `Type the last 4 digits of the certificate number, ${last}`,
  confirmHint: 'So that it is this one, and not one that you opened before.',
  confirmWrong: (last: string) => `Type ${last}, the last 4 digits of the certificate number`,

  submit: {
    cancel: 'Cancel the certificate for good',
    suspend: 'Suspend the certificate',
    change: 'Change the suspension',
    lift: 'Lift the suspension',
  },
  sending: 'Sending…',
  back: {
    cancel: 'Keep the certificate',
    suspend: 'Do not suspend',
    change: 'Leave as it is',
    lift: 'Keep it suspended',
  },

  done: {
    cancel: 'The certificate was cancelled.',
    suspend: 'The certificate is suspended.',
    change: 'The suspension was changed.',
    lift: 'The suspension was lifted. The certificate is valid again.',
  },

  failed: 'The registry could not do it now. Nothing was changed. Try again in a minute.',
  unknownOutcome: 'No answer came. It may have been done or not. Try again: it is not done twice.',
  signedOut: 'You were signed out. Sign in again in another tab, then try again here. Nothing was changed.',

  overtaken: {
    title: 'Not done: the certificate is not as it was',
    titleNotNow: 'This cannot be done now',
    superseded:
      'It was replaced by a newer one. What you meant to do was not done, neither to this one nor to the newer one.',
    supersededNotNow: 'It was replaced by a newer one. Open that one and decide there.',
    revoked: (by: string, moment: string) => `${by} cancelled it on ${moment}.`,
    current: 'It is not suspended.',
    openNewest: 'Open the current certificate',
    openThis: 'Open the certificate',
  },

  /** Updates that were waiting, by the code of their failure. */
  stopped: {
    CERTIFICATE_REVOKED: 'The certificate was cancelled before this update was issued. It did not use an update.',
    CERTIFICATE_SUSPENDED:
      'The certificate was suspended before this update was issued. It did not use an update. Correct it again when the suspension is over.',
  } as Partial<Record<string, string>>,

  /** On what was found. */
  found: {
    revoked: (day: string) => `cancelled on ${day}`,
    suspended: (day: string, until: string | null) =>
      until === null ? `suspended since ${day}` : `suspended from ${day} until ${until}`,
  },

  /** In the history. */
  history: {
    revoked: 'Cancelled',
    suspended: 'Suspended',
    suspendedUntil: (until: string) => `Suspended until ${until}`,
    suspendedOn: 'Suspension now without an end',
    suspendedOnUntil: (until: string) => `Suspension now until ${until}`,
    lifted: 'Suspension lifted',
    ended: 'Suspension over',
  },
}
