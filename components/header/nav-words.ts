/** Sentences of the navigation in the header. */

export const navWords = {
  label: 'Main',
  menu: 'Menu',
  find: 'Find',
  today: 'Today',
  recalls: 'Recalls',
  bulk: 'Bulk',
  requests: 'Requests',
  administration: 'Administration',
  log: 'Audit log',
  colours: 'Light or dark colours',
  password: 'Change your password',
  recallsWaiting: (n: number) => (n === 1 ? '1 recall to confirm' : `${n} recalls to confirm`),
  bulkWaiting: (n: number) => (n === 1 ? '1 correction to approve' : `${n} corrections to approve`),
  requestsWaiting: (n: number) => (n === 1 ? '1 request waits for you' : `${n} requests wait for you`),
  /** After the word it belongs to, for people who do not see the number beside it. */
  waiting: (reports: number, failures: number, oversight: number) => {
    const parts = [
      ...(reports > 0 ? [reports === 1 ? '1 report to answer' : `${reports} reports to answer`] : []),
      ...(failures > 0 ? [failures === 1 ? '1 failure' : `${failures} failures`] : []),
      ...(oversight > 0 ? [`${oversight} for the supervisor`] : []),
    ]
    return parts.join(', ')
  },
}
