/** Sentences of bulk work: files, their rows, one correction for a whole session. */
import { withCommas } from '@/components/with-commas'
import type { BulkKind, BulkRowState, BulkRun, BulkState } from '@/lib/bulk/answers'

/** "1 certificate", "2 certificates" */
function certificates(n: number): string {
  return `${withCommas(n)} ${n === 1 ? 'certificate' : 'certificates'}`
}

function rows(n: number): string {
  return `${withCommas(n)} ${n === 1 ? 'row' : 'rows'}`
}

export const words = {
  title: 'Bulk',
  lead: 'Many corrections from one file, or one for a whole session. Everything is checked first, and you see what each row would change.',
  certificates,
  rows,
  add: 'Upload a file',
  empty: 'Nothing yet.',
  emptyNext: 'Download the template, fill it in and upload it. Nothing is changed before you begin it.',
  unavailable: 'We cannot show this now. Nothing was changed.',
  gone: 'There is no such run.',
  goneNext: 'It may belong to another facility, or to a colleague.',
  back: 'All bulk runs',
  more: 'Show more',
  loading: 'Loading…',
  kinds: { certify: 'New certificates', update: 'Corrections' } satisfies Record<BulkKind, string>,
  states: {
    checking: 'Being checked',
    checked: 'Checked',
    proposed: 'Waits for a second person',
    running: 'Running',
    stopped: 'Stopped',
    done: 'Done',
    cancelled: 'Not carried out',
  } satisfies Record<BulkState, string>,
  outcomes: {
    discarded: 'Discarded',
    declined: 'Declined',
    withdrawn: 'Withdrawn',
    expired: 'Nobody approved it in time',
  } satisfies Record<NonNullable<BulkRun['outcome']>, string>,
  forYou: 'Waits for you',
  proposalName: (label: string, to: string) => `${label} becomes ${to}`,
  by: (name: string, you: boolean, moment: string) => `${you ? 'You' : name}, ${moment}`,
  decidedBy: (verb: string, name: string, you: boolean, moment: string) =>
    `${verb} by ${you ? 'you' : name}, ${moment}`,
  approved: 'Approved',
  blank: (n: number) => `${rows(n)} in which nothing stood ${n === 1 ? 'was' : 'were'} left out`,

  form: {
    title: 'Upload a file',
    lead: 'It is checked row by row. Nothing is changed before you begin it.',
    kind: 'What the file holds',
    updateHint: 'One row for each certificate, and only the columns that change.',
    certifyHint: 'One row for each new certificate.',
    type: 'Type of certificate',
    template: 'Download the template',
    templateHint: {
      update:
        'Name each certificate by its number, or by the columns after it. An empty cell changes nothing; (empty) makes a value empty.',
      certify: 'The columns and an example. Delete the example before you upload it.',
    } satisfies Record<BulkKind, string>,
    file: 'The file',
    fileHint: 'CSV, as UTF-8, or JSON lines. At most 100,000 rows and 64 MiB.',
    choose: 'Choose a file',
    another: 'Choose another file',
    drop: 'or drop it here',
    dropNow: 'Drop it here',
    cause: 'Cause',
    causes: {
      'our typing error': 'Our typing error',
      'holder gave wrong information': 'The holders gave wrong information',
      'missing information': 'Information was missing',
      other: 'Something else',
    },
    reason: 'Why',
    reasonHint: 'Kept with every correction. Operators read it, holders do not.',
    fileMissing: 'Choose a file',
    reasonMissing: 'Say why',
    submit: 'Upload and check',
    sending: 'Uploading…',
  },

  progress: {
    label: 'Progress',
    checking: (n: number, total: number) => `Checked ${withCommas(n)} of ${withCommas(total)}`,
    of: (n: number, total: number) => `${withCommas(n)} of ${withCommas(total)}`,
    goesOn: 'It goes on when you leave this page.',
    stopped: 'Stopped. What is done stays done; the rest waits.',
    ready: (kind: BulkKind, n: number) =>
      kind === 'certify' ? `${certificates(n)} would be issued` : `${certificates(n)} would be corrected`,
    nothing: 'No row is left that would change anything.',
    refused: (n: number) => `${rows(n)} cannot be done: see why below.`,
    approval: (n: number) =>
      n === 1
        ? '1 of these corrections waits for a supervisor afterwards, as it would if it came alone.'
        : `${withCommas(n)} of these corrections wait for a supervisor afterwards, as they would if they came alone.`,
    unchanged: (n: number) => `${rows(n)} would change nothing.`,
    start: (kind: BulkKind, n: number) =>
      kind === 'certify' ? `Issue ${certificates(n)}` : `Correct ${certificates(n)}`,
    starting: 'Beginning…',
    stop: 'Stop',
    stopTitle: 'Stop this run?',
    stopBody: 'What is done stays done. The rest waits until you let it go on.',
    resume: 'Go on',
    retry: 'Check the refused rows again',
    discard: 'Discard this file',
    discardTitle: 'Discard this file?',
    discardBody: 'Nothing of it is done.',
    done: (kind: BulkKind, n: number) =>
      kind === 'certify' ? `${certificates(n)} issued.` : `${certificates(n)} corrected.`,
    requested: (n: number) =>
      n === 1 ? '1 correction waits for a supervisor.' : `${withCommas(n)} corrections wait for a supervisor.`,
    checked: 'Checked. Nothing has been changed yet.',
    told: 'Running. It goes on when you leave this page.',
  },

  about: {
    title: 'What it is about',
    field: 'Field',
    now: 'Stands there now',
    to: 'Is to stand there',
    where: 'Session',
    session: (facility: string, day: string) => `${facility}, ${day}`,
    seen: 'Seen at',
    cause: 'Why',
    file: 'File',
    note: 'Note',
  },

  second: {
    yours: 'You proposed this. A supervisor who is somebody else has to approve it.',
    yoursNext: 'Tell a colleague: whoever supervises this facility finds it under Bulk.',
    title: 'You are the second person',
    lead: 'Compare it with the papers of the session before you approve. It begins at once.',
    approve: (n: number) => `Approve: correct ${certificates(n)}`,
    approving: 'Approving…',
    decline: 'Decline it',
    declineTitle: 'Decline this correction?',
    withdraw: 'Withdraw it',
    withdrawTitle: 'Withdraw your proposal?',
    cancelBody: 'Nothing is changed. It can be proposed again.',
    note: 'Why not (optional)',
    keep: 'Keep it',
  },

  list: {
    title: 'Rows',
    filter: 'Which rows are shown',
    all: 'All',
    states: {
      unchecked: 'Not checked yet',
      ready: 'Would be done',
      unchanged: 'Nothing to change',
      waiting: 'Waiting',
      done: 'Done',
      requested: 'Waits for a supervisor',
      refused: 'Refused',
    } satisfies Record<BulkRowState, string>,
    issuing: 'Being issued',
    failed: 'Could not be issued',
    row: (n: number) => `Row ${withCommas(n)}`,
    none: 'None.',
    file: 'Download as a table (CSV)',
    replacedBy: 'New certificate',
    empty: 'empty',
    before: 'before',
    after: 'after',
    willAsk: 'A supervisor will be asked:',
    request: 'See the request',
    fix: 'Fix this row',
    fixing: (n: number) => `Cells of row ${withCommas(n)}`,
    check: 'Check it again',
    cancel: 'Cancel',
    hidden: 'Hidden. Leave it, or write the whole value anew.',
  },

  same: {
    title: 'Others of this session',
    open: 'Same mistake on others?',
    lead: (facility: string, day: string) => `${facility}, ${day}: the certificates that are valid now.`,
    total: (n: number) => (n === 1 ? 'Only this one.' : `${certificates(n)} in all, this one included.`),
    question: 'What is wrong on all of them?',
    count: (n: number) => (n === 1 ? 'on this one alone' : `on ${certificates(n)}`),
    none: 'No value that several certificates could share stands on this one.',
    to: (label: string) => `${label}: what is right`,
    toHint: (from: string, n: number) =>
      n === 1
        ? `In place of “${from}” on this certificate.`
        : `In place of “${from}” on all ${withCommas(n)} certificates.`,
    toMissing: 'Enter what is right',
    reason: 'Why',
    reasonHint: 'For example what you compared it with. The second person reads it, holders do not.',
    reasonMissing: 'Say why',
    submit: (n: number) => `Propose: correct ${certificates(n)}`,
    submitNone: 'Propose a correction',
    sending: 'Proposing…',
    pickMissing: 'Choose what is wrong',
    back: 'Back to the certificate',
  },
}
