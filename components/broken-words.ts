/** What is said where a page of ours broke. Apart from the operators' catalogue: it comes with every page, the public ones too. */
export const brokenWords = {
  pageTitle: 'Error: Something went wrong on our side',
  title: 'Something went wrong on our side',
  text: 'Nothing was changed. Try again. If it happens again, tell your administrator.',
  reference: (reference: string) => `Reference ${reference}`,
  again: 'Try again',
}
