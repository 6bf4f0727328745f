/** Sentences of the screen of the queue. */
import { withCommas } from '@/components/with-commas'
import type { QueueKind, QueueState, Retried } from '@/lib/operations/answers'

const many = (n: number, one: string, more: string) => `${withCommas(n)} ${n === 1 ? one : more}`

export const words = {
  title: 'Queue',
  leadOwn: 'What your facilities asked for and is not issued yet, and what failed.',
  leadAll: 'What all facilities asked for and is not issued yet, and what failed.',
  updated: (time: string) => `As of ${time}`,
  stale: (time: string) => `The registry does not answer. This is how it was at ${time}; it is asked again by itself.`,
  unavailable: 'The queue cannot be shown now. Nothing was changed.',
  partial: 'So much waits that it was not counted to the end: there is more than the numbers say.',
  states: { waiting: 'Waiting', under_way: 'Under way', held: 'Held up', failed: 'Failed' } satisfies Record<
    QueueState,
    string
  >,
  oldest: (age: string) => `the oldest for ${age}`,
  none: 'nothing',
  beingSigned: 'at a worker this moment',
  next: (time: string) => `next try ${time}`,
  behind: (n: number) => `${many(n, 'later request waits', 'later requests wait')} behind`,
  failedSince: 'in 30 days, for which nobody did anything yet',
  kinds: { certify: 'New certificate', update: 'Correction', reissue: 'Issued anew' } satisfies Record<
    QueueKind,
    string
  >,

  reasonsTitle: 'Why',
  reasonsLead: 'Trying again changes nothing as long as the cause is there.',
  retryAll: 'Try all again',
  retryAllOf: (what: string) => `Try all again: ${what}`,
  confirmHeld: (n: number) => `Try ${many(n, 'request', 'requests')} again now?`,
  confirmHeldBody:
    'Workers take them next, after what waits already. Whatever is still held up by the same cause comes back here, and is tried again by itself, later each time.',
  confirmFailed: (n: number) => `Ask for ${many(n, 'request', 'requests')} again?`,
  confirmFailedBody:
    'Each is sent again as a request of your own, with every rule: some may be refused, need a second person, or spend an update. Keep this page open until it is done; what was done by then stays done.',
  confirmAction: 'Try again',
  progress: 'Trying again',
  progressText: (at: number, total: number) => `${withCommas(at)} of ${withCommas(total)}`,
  doneAll: (done: number, refused: number) =>
    refused === 0
      ? `${many(done, 'request is', 'requests are')} tried again.`
      : `${many(done, 'request is', 'requests are')} tried again, ${withCommas(refused)} refused:`,
  wholly: 'Not everything could be tried again. What was done stays done.',

  list: 'Requests',
  filters: 'Which requests',
  facility: 'Facility',
  facilityHint: 'A part of its name; empty = all',
  type: 'Certificate type',
  kind: 'Kind',
  reason: 'Reason',
  any: 'All',
  loading: 'Loading…',
  more: 'Show more',
  listUnavailable: 'The requests cannot be shown now.',
  empty: {
    waiting: 'Nothing waits.',
    under_way: 'Nothing is being signed at this moment.',
    held: 'Nothing is held up.',
    failed: 'Nothing failed that somebody still has to look at.',
  } satisfies Record<QueueState, string>,
  emptyNext: 'This page looks again by itself.',
  dose: (n: number) => `dose ${n}`,
  since: (moment: string) => `since ${moment}`,
  failedAt: (moment: string) => `failed ${moment}`,
  attempts: (n: number) => many(n, 'attempt', 'attempts'),
  trying: 'is being tried now',
  by: (name: string) => `asked for by ${name}`,
  record: 'Open the record',
  retry: 'Try again',
  retryOf: (what: string) => `Try again: ${what}`,
  giveUp: 'Give up',
  giveUpOf: (what: string) => `Give up: ${what}`,
  giveUpTitle: 'Give this request up?',
  giveUpBody:
    'It ends as failed, and whoever asked is told. Nothing was published, so no update is used and the old certificate stays valid. They have to ask again. Give up only what will never be issued: everything else is tried again by itself.',
  giveUpAction: 'Give it up',
  givenUp: (n: number) => (n === 1 ? 'Given up.' : `Given up, with ${many(n - 1, 'request', 'requests')} behind it.`),
  outcomes: {
    tried_now: 'A worker takes it now.',
    accepted: 'Asked for again: the new certificate is being signed.',
    awaiting_approval: 'Asked for again: it waits for a second person.',
    unchanged: 'The certificate says so already: nothing was left to do.',
  } satisfies Record<Retried['outcome'], string>,
  failedToAct: 'That was not done.',
  request: (id: string) => `request ${id.slice(0, 8)}`,

  issuedTitle: 'Issued in the last 24 hours',
  issuedTotal: (n: number) => many(n, 'certificate', 'certificates'),
  hour: (from: string) => `from ${from}`,
  hoursTable: 'Show as a table',
  hourHead: 'Hour from',
  issuedHead: 'Issued',
  facilitiesTitle: 'By facility',
  facilitiesNone: 'Nothing was issued, and nothing waits.',
  heads: {
    facility: 'Facility',
    issued: '24 h',
    thisHour: 'This hour',
    waiting: 'Waiting',
    held: 'Held up',
    failed: 'Failed',
  },
  moreFacilities: (n: number) => `${many(n, 'more facility', 'more facilities')} issued less, without trouble.`,

  installation: 'Workers and messages',
  workers: (n: number) => `${many(n, 'worker is', 'workers are')} alive`,
  workersNext: 'They say so every two seconds.',
  noWorkers: 'No worker is alive',
  noWorkersNext: (time: string | null) =>
    `${time === null ? 'None was ever seen.' : `The last one was seen ${time}.`} Nothing is issued until one runs: start a process with the role worker, or ask whoever runs the installation. What was accepted waits and is not lost.`,
  noBroker: 'No broker is set',
  noBrokerNext: 'Messages to other systems go by webhooks alone.',
  relayOk: 'Messages go out to the broker',
  relayOkNext: (n: number) => (n === 0 ? 'None waits.' : `${many(n, 'waits', 'wait')}, for moments.`),
  relayGone: 'No relay runs',
  relayGoneNext: (n: number) =>
    `${many(n, 'message waits', 'messages wait')}. Start a process with the role relay. Certificates are issued meanwhile; other systems hear of them later.`,
  brokerAway: 'The broker does not take messages',
  brokerAwayNext: (n: number, age: string) =>
    `${many(n, 'message waits', 'messages wait')}, the oldest for ${age}. Look whether the broker is there and the account may write. Nothing is lost: all are sent once it is back.`,
  putAside: (n: number) => `${many(n, 'message is', 'messages are')} too large for the broker`,
  putAsideNext:
    'They were put aside. Raise the broker’s message.max.bytes and ask whoever runs the installation to send them again.',
  hooksOk: 'Webhooks are delivered',
  hooksOkNext: (n: number) => (n === 0 ? 'None waits.' : `${many(n, 'message waits', 'messages wait')} for its turn.`),
  hooksLate: (n: number) => `${many(n, 'message to a source system waits', 'messages to source systems wait')}`,
  hooksLateNext: (age: string) =>
    `The oldest is ${age} late: receivers do not answer. They are tried again for about a day.`,
  hooksStopped: (n: number) => `${many(n, 'webhook has', 'webhooks have')} stopped`,
  hooksStoppedNext: 'Nothing arrived there for days. Look at it and let it go on:',
  hooksLink: 'API clients',
  age: (seconds: number) => {
    if (seconds < 60) return `${Math.max(0, Math.round(seconds))} s`
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min`
    if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3600)} h`
    return `${Math.floor(seconds / 86_400)} days`
  },
}

/** The kind of an error or the code of a refusal, for people: what it is, and what to do. */
const REASONS: Record<string, { title: string; next: string }> = {
  SignerError: {
    title: 'The signing service does not sign',
    next: 'Look whether it is there and takes our token. Then try again.',
  },
  ReadBackError: {
    title: 'What was made did not verify when it was read back',
    next: 'Nothing was published. Tell whoever runs the installation: the log has the request.',
  },
  Refusal: {
    title: 'The version of its certificate type cannot be read',
    next: 'Its files or database are older than the request. Bring this installation up to date, then try again.',
  },
  UNREADABLE_QR: {
    title: 'The QR code could not be read back from its picture',
    next: 'Try again; if it comes back, shorten long texts and correct it by hand.',
  },
  TOO_LARGE_FOR_QR: {
    title: 'The texts do not fit into a QR code',
    next: 'Trying again does not help: shorten them and send it again.',
  },
  STALE_VERSION: {
    title: 'It was made for a version that never came to be',
    next: 'Look at the record, then try again or correct it by hand.',
  },
  PREVIOUS_FAILED: {
    title: 'The certificate that it was to correct was not issued',
    next: 'Try the original again: these follow by themselves.',
  },
  GIVEN_UP: {
    title: 'An administrator gave it up',
    next: 'Once the cause is gone it can be asked for again.',
  },
}
const DATABASE = /^(Prisma|DriverAdapter|DatabaseError)/

export function reasonOf(reason: string): { title: string; next: string } {
  const known = REASONS[reason]
  if (known) return known
  if (DATABASE.test(reason)) {
    return {
      title: 'The database did not do what was asked',
      next: 'Look whether it is there and has room. Then try again.',
    }
  }
  if (/^[A-Z_]+$/.test(reason)) return { title: `Refused (${reason})`, next: 'The sentence at each request says why.' }
  return {
    title: `A fault of the program (${reason})`,
    next: 'Tell whoever runs the installation: the log has the request and the place.',
  }
}
