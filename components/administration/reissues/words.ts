/** Sentences of the pages that have certificates issued anew. */
import type { ReissueState, RowState, SkipCode } from '@/lib/reissues/answers'

/** A signature of which only the length is known packs now better, now worse. */
const SAME = 0.03

const number = (n: number) => n.toLocaleString('en')
const certificates = (n: number) => (n === 1 ? '1 certificate' : `${number(n)} certificates`)

/** Pages a minute to choose from. */
export const PACES = [60, 600, 6000] as const

export const words = {
  title: 'Re-issue',
  lead: 'Issued certificates made anew under the version of their type that is in force. What they say stays the same, and no update is used.',
  add: 'Re-issue certificates',
  empty: 'Nothing was issued anew yet.',
  emptyNext: 'After a new page, QR content or key, choose here which certificates follow.',
  unavailable: 'We cannot show this now. Nothing was changed.',
  gone: 'There is no such re-issue.',
  back: 'All re-issues',
  more: 'Show more',
  loading: 'Loading…',
  certificates,
  name: (title: string, version: number) => `${title}, version ${version}`,
  states: {
    checking: 'Being looked through',
    ready: 'Ready to start',
    running: 'Running',
    paused: 'Paused',
    stopped: 'Ended',
    done: 'Done',
  } satisfies Record<ReissueState, string>,
  by: (name: string, you: boolean) => (you ? 'you' : name),
  chosenBy: (name: string, moment: string) => `Chosen by ${name}, ${moment}`,
  startedBy: (name: string, moment: string) => `Started by ${name}, ${moment}`,
  finished: (moment: string) => `Finished ${moment}`,

  form: {
    title: 'Re-issue certificates',
    lead: 'You will see how many they are and how they would look. Nothing is issued before you start it.',
    oneTitle: 'Issue anew',
    which: 'Which certificates',
    type: 'Certificate type',
    choice: 'Chosen by',
    other_version: 'Another version',
    otherVersionHint: 'Issued under another version of the type than the one in force.',
    key: 'A key',
    keyHint: 'Signed with one key, for example one that was replaced.',
    keyLabel: 'Signed with',
    keyOption: (key: string, type: string, use: string, day: string) =>
      `${key.slice(0, 12)}… (${type}, ${use}, since ${day})`,
    keyUses: { signs: 'signs now', next: 'signs next', former: 'signed before', withdrawn: 'withdrawn' },
    keyNone: 'The log knows of no key yet.',
    before: 'A day',
    beforeHint: 'Issued before a day.',
    beforeLabel: 'Issued before',
    all: 'All that count',
    allHint: 'Whatever they were issued under.',
    programme: 'Programme (optional)',
    programmeHint: 'Empty: any.',
    facilityAllHint: 'Wherever they were issued.',
    facilityOneHint: 'Certificates of this one alone.',
    districtHint: 'Of all facilities of a district.',
    codes: 'Only these (optional)',
    codesHint: 'Certificate numbers or pre-enrollment codes, one on each line. At most 2,000.',
    code: 'Certificate number',
    submit: 'Count and look',
    codeMissing: 'Enter the certificate number',
    dayMissing: 'Enter a day',
    keyMissing: 'Choose a key',
    tooMany: 'At most 2,000 at once',
  },

  choice: {
    title: 'What was chosen',
    other_version: 'Issued under another version',
    key: 'Signed with a key',
    before: 'Issued before',
    all: 'All that count',
    type: 'Type',
    version: 'Issued under from now on',
    versionValue: (n: number) => `version ${n}`,
    programme: 'Programme',
    noProgramme: 'without one',
    facility: 'Facility',
    district: 'District',
    codes: 'Only these',
    codesMore: (n: number) => `and ${number(n)} more`,
    reason: 'Why',
    pace: 'Pace',
    paceValue: (n: number) => `at most ${number(n)} a minute`,
  },

  preview: {
    title: 'What this would do',
    chosen: (n: number, version: number) => `${certificates(n)} chosen for version ${version}`,
    nothingYet:
      'Nothing has been changed. Whether each of them fits the version is found in the next step, before anything is issued.',
    none: 'No certificate is as you chose.',
    noneNext: 'Perhaps they are of the version in force already.',
    left: 'Left as they are',
    versions: 'Issued under',
    version: (n: number) => `Version ${n}`,
    facilities: 'By facility',
    keyUnknown: (n: number) =>
      `Of ${certificates(n)} it is not known which key signed: they are from before that was noted. Choose them by a day.`,
    consequences: [
      'Each gets a new number, a new QR code and a new page. What it says stays the same, and no update is used.',
      'The old ones verify as replaced from then on: holders need the new paper or QR code. Links of holders show the new one.',
      'Whatever else is to be issued comes first.',
    ],
    samples: 'How they would look',
    samplesLead: (n: number) => (n === 1 ? 'One of them.' : `${n} of them.`),
    sample: (facility: string, version: number) => `${facility}, issued under version ${version}`,
    same: 'The credential says the same as before.',
    differences: 'What differs in the credential',
    forms: { qr: 'QR code', vc2: 'VC 2.0' },
    where: 'Where',
    before: 'Before',
    after: 'After',
    kinds: { added: 'added', removed: 'removed', changed: 'changed' },
    hidden: 'This record is beyond your reach: its values and its page are not shown to you.',
    unfit: 'It does not fit the version, and would stay as it is:',
    qr: (before: number, after: number, mmBefore: number, mmAfter: number) =>
      Math.abs(after - before) < SAME * before
        ? `QR code: about ${number(before)} bytes, ${mmBefore} mm, as before.`
        : `QR code: about ${number(before)} bytes, ${mmBefore} mm before; ${number(after)} bytes, ${mmAfter} mm after.`,
    picture: (id: string) => `The page of certificate ${id} as it would be`,
    pictureMissing: 'The page cannot be shown now.',
    keep: 'Next step',
    keepLead: 'Each one is looked through, and those that fit wait for you to start.',
    reason: 'Why',
    reasonHint: 'Kept in the log. No personal details.',
    reasonMissing: 'Say why',
    pace: 'Pace',
    paces: { 60: 'Slowly', 600: 'Usual', 6000: 'As fast as possible' } as Record<number, string>,
    paceHint: (n: number) => `At most ${number(n)} a minute.`,
    backButton: 'Choose others',
    submit: (n: number) => `Look through ${n === 1 ? 'it' : `all ${number(n)}`}`,
    sending: 'Keeping the choice…',
    looking: 'Counting…',
  },

  progress: {
    label: 'Progress',
    checking: 'Each chosen certificate is compared with the version. Nothing is issued yet.',
    ready: (n: number) => `${certificates(n)} can be issued anew.`,
    readyNone: 'None of the chosen certificates can be issued anew.',
    readyNext: 'Nothing was issued yet.',
    of: (n: number, total: number) => `${number(n)} of ${number(total)}`,
    goesOn: 'It goes on when you leave this page.',
    left: (text: string) => `About ${text} left.`,
    seconds: (n: number) =>
      n < 90
        ? `${Math.max(1, n)} seconds`
        : n < 5400
          ? `${Math.round(n / 60)} minutes`
          : `${Math.round(n / 3600)} hours`,
    paused: 'Paused. What is done stays done; the rest waits.',
    pausedVersion: 'Paused by itself: another version of the type came into force. Choose anew for that one.',
    notInForce: 'Another version of the type is in force now. Choose anew for that one.',
    stopped: 'Ended. What was issued anew stays; the rest was left as it was.',
    done: (n: number) => `${certificates(n)} issued anew.`,
    doing: (n: number) => `${certificates(n)} at this moment`,
    failed: (n: number) => `${certificates(n)} could not be issued: see why below.`,
    skipped: 'Left as they are',
    start: (n: number) => `Issue ${certificates(n)} anew`,
    pause: 'Pause',
    resume: 'Go on',
    stop: 'End it',
    stopTitle: 'End this re-issue?',
    stopBody: 'What was issued anew stays. The rest is left as it is; it can be chosen again.',
    discard: 'Give it up',
    retry: 'Try those left once more',
    again: 'Choose anew',
  },

  skips: {
    REPLACED: 'Replaced meanwhile',
    REVOKED: 'Cancelled',
    SUSPENDED: 'Suspended',
    UPDATE_PENDING: 'A correction is being issued',
    APPROVAL_OPEN: 'A correction waits for a supervisor',
    UNFIT: 'Does not fit the version',
  } satisfies Record<SkipCode, string>,

  rows: {
    title: 'Certificates',
    filter: 'Which certificates are shown',
    all: 'All',
    states: {
      unchecked: 'Not looked at yet',
      waiting: 'Waiting',
      accepted: 'Being issued',
      done: 'Issued anew',
      skipped: 'Left as it is',
      failed: 'Not issued',
    } satisfies Record<RowState, string>,
    certificate: 'Certificate',
    result: 'Result',
    now: 'New:',
    none: 'None.',
    file: 'Download as a table (CSV)',
  },

  record: (version: number) => `Issue anew under version ${version} of its type`,
  recordHint: 'The same content on the newest page, with a new number and QR code. No update is used.',
}
