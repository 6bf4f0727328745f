/** Sentences about what was searched for. */

export const words = {
  replaced: {
    /** Around the number that was typed. */
    before: 'You searched for ',
    after: (day: string | null) => (day === null ? ', which was replaced.' : `, which was replaced on ${day}.`),
    next: 'This is the certificate that took its place. Ask the holder for the old page, so that nobody uses it.',
  },
}
