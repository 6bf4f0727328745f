/** The look of the editor's tabs. */

export const TAB_LIST = 'flex flex-wrap gap-1 border-b border-line px-3 py-1.5'
export const TAB =
  'min-h-11 rounded-control px-3.5 text-sm font-semibold text-ink-2 hover:text-act data-[state=active]:bg-act-soft data-[state=active]:text-act'
