/** Where a row of a bulk run can be. */

export const BULK_ROW_STATES = ['unchecked', 'ready', 'unchanged', 'waiting', 'done', 'requested', 'refused'] as const
