/** What stands on the list of a day, and how a holder's report can end. */

export const REPORT_OUTCOMES = ['corrected', 'nothing_wrong', 'elsewhere'] as const
export const DAY_KINDS = ['report', 'failure', 'status', 'correction', 'limit'] as const
