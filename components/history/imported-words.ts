/** What the history says of certificates that came from a registry of DIVOC. `about` are numbers of certificates, or labels of fields. */

export const importedWords = {
  from: 'Imported from DIVOC',
  title: 'What the import found',
  findings: {
    FORK: (about: string) =>
      `In DIVOC it replaced ${about}, which another certificate had replaced already. Here they follow each other in the order in which they were made.`,
    SECOND_ORIGINAL: (about: string) =>
      `In DIVOC it was issued as a first certificate although there was ${about} for the same dose. Here it follows that one.`,
    PREDECESSOR_MISSING: (about: string) => `It replaced ${about} in DIVOC, which did not come along.`,
    PREDECESSOR_LATER: () => 'In DIVOC these certificates replaced each other in a circle. It was cut here.',
    OTHER_RECORD: (about: string) => `In DIVOC it replaced ${about}, which is of another code, programme or dose.`,
    OUT_OF_ORDER: (about: string) => `In DIVOC its date is before that of ${about}, which it replaces.`,
    MISSING_REVOCATION: () =>
      'DIVOC did not say that it was replaced, and it counted on there. It is replaced since the next version.',
    SUCCESSOR_MISSING: (about: string) =>
      `It was cancelled in DIVOC for ${about}, which did not come along. It is cancelled here.`,
    REPLACED_ELSEWHERE: (about: string) =>
      `It was cancelled in DIVOC for ${about}, which is of another code, programme or dose. It is cancelled here.`,
    HAD_TWIN: () => 'DIVOC had two different certificates with this number. The first one was taken over.',
    NO_TIME: () => 'DIVOC did not say when it was made: the date of issue stands in for that.',
    ASKED_AGAIN: (about: string) => `A correction will ask for: ${about}.`,
  } as Record<string, (about: string) => string>,
}
