/** Sentences of the recalls. */
import { withCommas } from '@/components/with-commas'
import type { RecallAction, RecallState, RecallView, RowState } from '@/lib/recalls/answers'

/** "1 certificate", "2 certificates" */
function certificates(n: number): string {
  return `${withCommas(n)} ${n === 1 ? 'certificate' : 'certificates'}`
}

const is = (n: number) => (n === 1 ? 'is' : 'are')

export const words = {
  title: 'Recalls',
  lead: 'A whole batch suspended or cancelled at once. One person proposes it, another one confirms it.',
  propose: 'Propose a recall',
  certificates,
  empty: 'No recall yet.',
  emptyNext: 'When a batch is called back, propose it here. Nothing happens before a second person confirms it.',
  unavailable: 'We cannot show this now. Nothing was changed.',
  gone: 'There is no such recall.',
  goneNext: 'It may belong to another facility.',
  back: 'All recalls',
  more: 'Show more',
  loading: 'Loading…',
  name: (action: RecallAction, batch: string) =>
    ({ revoke: 'Cancel batch ', suspend: 'Suspend batch ', lift: 'Make valid again: batch ' })[action] + batch,
  states: {
    proposed: 'Waits for a second person',
    running: 'Running',
    stopped: 'Stopped',
    done: 'Done',
    cancelled: 'Not carried out',
  } satisfies Record<RecallState, string>,
  outcomes: {
    declined: 'Declined',
    withdrawn: 'Withdrawn',
    expired: 'Nobody confirmed it in time',
  } satisfies Record<NonNullable<RecallView['outcome']>, string>,
  by: (name: string, you: boolean) => (you ? 'you' : name),
  proposedBy: (name: string, moment: string) => `Proposed by ${name}, ${moment}`,
  confirmedBy: (name: string, moment: string) => `Confirmed by ${name}, ${moment}`,
  endedBy: (outcome: string, name: string, moment: string) => `${outcome} by ${name}, ${moment}`,
  finished: (moment: string) => `Finished ${moment}`,
  expires: (moment: string) => `Until ${moment} somebody else can confirm it`,
  allFacilities: 'all facilities',
  forYou: 'Waits for you',

  form: {
    title: 'Propose a recall',
    lead: 'You will see what it would do before you propose it.',
    which: 'Which certificates',
    batch: 'Batch',
    batchHint: 'As on the certificates. Capitals and spaces make no difference.',
    vaccine: 'Vaccine',
    manufacturer: 'Manufacturer (optional)',
    manufacturerHint: 'Empty: any.',
    days: 'Days of vaccination (optional)',
    from: 'First day of vaccination',
    to: 'Last day of vaccination',
    facilityAllHint: 'Certificates of this batch wherever they were issued.',
    facilityOneHint: 'Certificates of this one alone.',
    what: 'What is to happen',
    how: 'Suspend or cancel',
    suspend: 'Suspend them',
    suspendHint: 'They verify as suspended, and can be made valid again.',
    revoke: 'Cancel them for good',
    revokeHint: 'They verify as cancelled for ever. The doses can be certified again.',
    end: 'Until when',
    endOpen: 'Until somebody lifts it',
    endDay: 'Until the end of a day',
    endDayLabel: 'Last day of the suspension',
    reason: 'Why',
    reasonHint: 'For example the number of the notice. The second person and other operators read it, holders do not.',
    submit: 'See what it would do',
    looking: 'Looking…',
    batchMissing: 'Enter the batch',
    vaccineMissing: 'Enter the vaccine',
    reasonMissing: 'Say why',
    daysWrong: 'The last day must not lie before the first',
    endMissing: 'Enter the last day of the suspension',
    endPast: 'The last day of the suspension must not lie in the past',
  },

  preview: {
    title: 'What this would do',
    nothingYet: 'Nothing has been changed, and nothing will be before a second person confirms it.',
    none: (batch: string) => `No valid certificate of batch ${batch} fits.`,
    noneNext: 'Compare the batch and the vaccine with a certificate.',
    noneLift: 'No certificate is suspended by this recall any more.',
    elsewhere: 'The same batch number stands on certificates that are not covered:',
    elsewhereLine: (n: number, vaccine: string, manufacturer: string) =>
      `${certificates(n)}: ${vaccine || 'no vaccine'}, ${manufacturer || 'no manufacturer'}`,
    open: 'This batch has a recall already that waits or runs.',
    openLink: 'Look at it',
    facilities: 'By facility',
    doses: 'By dose',
    states: 'By state now',
    spellings: 'As written on the certificates',
    dose: (n: number) => `Dose ${n}`,
    current: 'Valid now',
    suspended: 'Suspended now, for less long',
    suspendedRevoke: 'Suspended now',
    suspendedLift: 'Suspended by this recall',
    first: (n: number, of: number) => (n < of ? `The first ${n} of ${withCommas(of)}` : `All ${n}`),
    back: 'Change the criteria',
    submit: (n: number) => `Propose: ${certificates(n)}`,
    sending: 'Proposing…',
  },

  /** What happens, sentence by sentence. */
  consequences: (action: RecallAction, n: number, until: string | null): string[] =>
    ({
      revoke: [
        `${certificates(n)} ${is(n)} cancelled for good. This cannot be undone; the doses can be certified again.`,
        'From then on they verify as cancelled: paper, phones and printed QR codes alike.',
        'Corrections of them that are being signed end, and no new ones are taken.',
      ],
      suspend: [
        `${certificates(n)} ${is(n)} suspended ${until === null ? 'until somebody lifts it' : `until ${until}`}.`,
        'From then on they verify as suspended. They cannot be corrected meanwhile.',
        'If the batch is found safe, two people can make them valid again, all at once.',
      ],
      lift: [
        `${certificates(n)} ${n === 1 ? 'becomes' : 'become'} valid again, with the same number and QR code.`,
        'Those that somebody suspended or cancelled for another reason since stay as they are.',
      ],
    })[action],
  notLater:
    'Certificates of this batch that are issued after the confirmation are not covered; you will see how many there are.',
  duration: (seconds: number) =>
    seconds <= 5
      ? 'It takes a few seconds.'
      : seconds < 90
        ? `It takes about ${Math.ceil(seconds / 5) * 5} seconds. You need not stay on the page.`
        : `It takes about ${Math.ceil(seconds / 60)} minutes. You need not stay on the page.`,
  untouched: {
    replaced: (n: number) =>
      `${certificates(n)} of this batch ${n === 1 ? 'was' : 'were'} replaced before: nothing happens to ${n === 1 ? 'it' : 'them'}.`,
    revoked: (n: number) =>
      `${certificates(n)} ${is(n)} cancelled already: nothing happens to ${n === 1 ? 'it' : 'them'}.`,
    suspended: (n: number) =>
      `${certificates(n)} ${is(n)} suspended for another reason or for as long already: nothing happens to ${n === 1 ? 'it' : 'them'}.`,
    valid: (n: number) =>
      `${certificates(n)} ${is(n)} valid again already: nothing happens to ${n === 1 ? 'it' : 'them'}.`,
  },

  criteria: {
    title: 'What it is about',
    vaccine: 'Vaccine',
    batch: 'Batch',
    manufacturer: 'Manufacturer',
    days: 'Vaccinated',
    from: (day: string) => `from ${day}`,
    to: (day: string) => `until ${day}`,
    facility: 'Facility',
    any: 'any',
    end: 'Suspended until',
    endOpen: 'somebody lifts it',
    reason: 'Why',
    note: 'Why not',
  },

  second: {
    yours: 'You proposed this. Somebody else has to confirm it.',
    yoursNext: 'Tell a colleague: whoever acts for the same certificates finds it under Recalls.',
    title: 'You are the second person',
    lead: 'Compare the batch with the notice before you confirm. It begins at once.',
    saw: (name: string) => `What ${name} saw`,
    sawYou: 'What you saw',
    now: 'Now',
    same: 'Nothing has changed since it was proposed.',
    changed: (added: number, gone: number) =>
      [added === 0 ? '' : cameSince(added), gone === 0 ? '' : goneSince(gone)].filter(Boolean).join(' '),
    type: 'Type the batch to confirm',
    typeHint: 'As it stands above.',
    typeMissing: 'Type the batch',
    confirm: { revoke: 'Cancel', suspend: 'Suspend', lift: 'Make valid' } satisfies Record<RecallAction, string>,
    confirmCount: (verb: string, n: number) => `${verb} ${certificates(n)}`,
    confirming: 'Confirming…',
    decline: 'Decline it',
    declineTitle: 'Decline this recall?',
    withdraw: 'Withdraw it',
    withdrawTitle: 'Withdraw your proposal?',
    cancelBody: 'Nothing is changed. It can be proposed again.',
    note: 'Why not (optional)',
    keep: 'Keep it',
  },

  progress: {
    label: 'Progress of the recall',
    of: (n: number, total: number) => `${withCommas(n)} of ${withCommas(total)}`,
    goesOn: 'It goes on when you leave this page.',
    stop: 'Stop',
    stopTitle: 'Stop this recall?',
    stopBody: 'What is done stays done. The rest waits until an administrator lets it go on.',
    stopped: 'Stopped. What is done stays done; the rest waits.',
    resume: 'Go on',
    done: (n: number) => `${certificates(n)} changed.`,
    refused: (n: number) => `${withCommas(n)} could not be changed: see why below.`,
    since: (n: number) => `${withCommas(n)} more since`,
    sinceNote: (n: number) =>
      `${certificates(n)} of this batch ${n === 1 ? 'was' : 'were'} issued or became valid after the confirmation: not covered.`,
    rest: 'Propose the rest',
    lift: 'The batch was found safe',
    lifted: 'A lift of this recall',
    of_: 'The recall that this lifts',
    told: 'Running. It goes on when you leave this page.',
  },

  rows: {
    title: 'Certificates',
    filter: 'Which certificates are shown',
    all: 'All',
    states: {
      proposed: 'Seen when it was proposed',
      waiting: 'Waiting',
      done: 'Changed',
      refused: 'Not changed',
    } satisfies Record<RowState, string>,
    certificate: 'Certificate',
    result: 'Result',
    followed: 'It had been replaced; changed in its place:',
    none: 'None.',
    file: 'Download as a table (CSV)',
  },

  lift: {
    title: 'Make a batch valid again',
    lead: 'Ends the suspensions of this recall, all at once. A second person has to confirm it.',
  },
}

function cameSince(n: number): string {
  return n === 1
    ? '1 certificate fits now that was not there when it was proposed: it is covered.'
    : `${certificates(n)} fit now that were not there when it was proposed: they are covered.`
}

function goneSince(n: number): string {
  return n === 1
    ? '1 certificate seen at that time does not fit any more: it is not covered.'
    : `${certificates(n)} seen at that time do not fit any more: they are not covered.`
}
