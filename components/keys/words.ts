/** Sentences about keys. */
export const keyWords = {
  switch: 'Keyboard shortcuts',
  show: 'List the shortcuts',
  title: 'Keyboard shortcuts',
  off: 'They are switched off. Switch them on in the account menu.',
  optional: 'Everything works without them too. They can be switched off in the account menu.',
  keys: 'Keys',
  does: 'What they do',
  list: [
    { keys: ['/'], does: 'Go to the find field' },
    { keys: ['Ctrl', 'Enter'], does: 'Continue: the main button of the page' },
    { keys: ['Alt', 'Z'], does: 'Take back the field that was changed last' },
    { keys: ['Esc'], does: 'Close a dialog, and nothing else' },
    { keys: ['?'], does: 'Show this list' },
  ],
}
