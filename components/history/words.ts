/** What the history says of confirmations. */

export const historyWords = {
  confirmed: (time: string) => `The holder confirmed the changes on their own phone at ${time}.`,
}
