/** Sentences of the audit log's screen. */

export const words = {
  title: 'Audit log',
  lead: 'Who did, read or was refused what. Nothing in it can be changed or removed unnoticed.',

  filters: 'Filters',
  from: 'From day',
  to: 'To day',
  who: 'Who',
  whoHint: 'Part of a name',
  action: 'What',
  anything: 'Anything',
  about: 'Certificate or code',
  aboutHint: 'The whole number or code',
  clear: 'Clear filters',
  wrongDays: 'The first day is after the last one.',

  count: (n: number, more: boolean) => (more ? `The newest ${n} entries` : n === 1 ? '1 entry' : `${n} entries`),
  none: 'No entry is like this.',
  empty: 'Nothing has happened yet.',
  unavailable: 'We cannot show the log now.',
  more: 'Show older ones',
  loadingMore: 'Loading…',
  notSealed: 'Not sealed yet',
  certificate: 'Certificate',
  nobody: 'Somebody unknown',

  state: {
    title: 'Is it whole?',
    sealed: 'Every entry is sealed',
    waiting: (n: number) => (n === 1 ? '1 entry waits for its seal' : `${n} entries wait for their seal`),
    late: 'Entries wait too long for their seal. Is the worker running?',
    none: 'No seal yet',
    last: (n: string, moment: string) => `Seal ${n}, ${moment}`,
    lead: 'Each seal covers the one before it: changing or removing an entry breaks the chain. npm run audit:verify checks all of it.',
    roots: 'Published hashes',
    signed: 'signed by the issuer',
    rootsLead: 'The last hash of each day (UTC) that is over. Keep them elsewhere: nobody can then make the log anew.',
    noRoots: 'The first one is published when this day is over.',
    copy: 'Copy',
    copied: 'Copied',
    showRoots: 'Show the published hashes',
    hideRoots: 'Hide the published hashes',
  },

  export: {
    title: 'Export',
    lead: 'What was sealed on these days (UTC).',
    from: 'First day',
    to: 'Last day',
    jsonl: 'Download JSON lines',
    jsonlHint: 'With the seals: can be verified alone',
    csv: 'Download CSV',
    csvHint: 'For spreadsheets',
  },
}

/** What the filter offers, as the API takes it. */
export const GROUPS: { value: string; label: string }[] = [
  { value: 'record.,list.read', label: 'Looks at records' },
  { value: 'record.opened,record.revealed,opening.,look_ups.', label: 'Opened, revealed, stopped' },
  { value: 'access.refused,update.refused,sign_in.refused,holder.refused,holder.locked', label: 'Refused' },
  {
    value:
      'signed_in,signed_out,sign_in.,session.,second_factor.,recovery_codes.,operator.signed_out,operator.linked,operator.unlinked',
    label: 'Signing in and out',
  },
  { value: 'certify.,update.', label: 'Certified and corrected' },
  { value: 'certificate.,recall.,vc_credential.', label: 'Cancelled and suspended' },
  { value: 'printed,record.downloaded,audit.exported', label: 'Printed and downloaded' },
  { value: 'holder.,holder_link.,confirmation.,report.', label: 'Holders' },
  { value: 'operator.,facility.,client.,trust.,check.,sandbox.,audit.', label: 'Administration' },
]

const SENTENCES: Record<string, string> = {
  'record.read': 'opened a record',
  'record.searched': 'searched for a record',
  'record.downloaded': 'downloaded a certificate',
  'list.read': 'looked at a list of records',
  'record.opened': "opened another facility's record with a reason",
  'record.revealed': 'had hidden values shown',
  'opening.ended': 'closed an opened record',
  'opening.acknowledged': 'acknowledged an opened record',
  'opening.objected': 'objected to an opened record, which ended it',
  'look_ups.stopped': 'was stopped: too many different records',
  'look_ups.lifted': 'let somebody look up more records',
  'access.refused': 'was refused',
  'sign_in.refused': 'could not sign in',
  signed_in: 'signed in',
  signed_out: 'signed out',
  printed: 'printed a certificate',
  'audit.exported': 'exported the audit log',
  'audit.began': 'began to seal the log',
  'holder.opened': 'opened the own certificate',
  'holder.read': 'read the own certificate again',
  'holder.downloaded': 'downloaded the own certificate',
  'holder.closed': 'closed the own certificate',
  'holder.refused': 'gave a wrong answer',
  'holder.locked': 'was locked out for a while',
  'holder_link.made': 'made a link for the holder',
  'holder_link.revoked': 'ended a link of the holder',
  'update.refused': 'was refused an update: none is left',
  'certify.accepted': 'asked for a certificate',
  'certify.issued': 'certified',
  'certify.failed': 'could not certify',
  'update.accepted': 'asked for a correction',
  'update.issued': 'corrected a certificate',
  'update.failed': 'could not correct a certificate',
  'certificate.revoked': 'cancelled a certificate',
  'certificate.suspended': 'suspended a certificate',
  'certificate.lifted': 'ended a suspension',
  'certificate.imported': 'took over a certificate of another registry',
  'import.started': 'began to take over a registry',
  'import.finished': 'took over a registry',
}

/** What somebody did, in words; an action without a sentence is named as it is. */
export function sentenceOf(action: string): string {
  return SENTENCES[action] ?? action.replaceAll('.', ' ').replaceAll('_', ' ')
}
