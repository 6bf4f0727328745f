/** What printing says. */

/** "1 copy", "2 copies" */
function copiesOf(n: number): string {
  return n === 1 ? '1 copy' : `${n} copies`
}

export const printWords = {
  open: 'Print',
  title: 'Print the certificate',
  replaced: 'This is not the current certificate.',
  replacedNext: 'It verifies as replaced or revoked. Print it only for the files.',
  paper: 'Paper',
  papers: { a4: 'A4', 'us-letter': 'US Letter' },
  size: 'Size of the print',
  normal: 'Usual',
  normalHint: 'One page in most cases',
  large: 'Large print',
  largeHint: 'Bigger letters and a bigger code, usually two pages',
  copies: 'Number of copies',
  fewer: 'One copy less',
  more: 'One copy more',
  counted: 'Every copy is counted, and says at its foot who printed it, where and when.',
  submit: (n: number) => `Print ${copiesOf(n)}`,
  preparing: 'Making the page…',
  sent: (n: number) => `The print window is open: ${copiesOf(n)}, counted.`,
  sentNext: (n: number) =>
    `If it shows another number of copies or another size, choose ${n === 1 ? '1' : n} and “Actual size” or 100 %.`,
  ready: (n: number) => `Ready to print: ${copiesOf(n)}, counted.`,
  readyNext: 'This browser prints PDFs in a window of its own. Open the PDF and print it there.',
  failed: 'Printing failed. Download the PDF instead.',
  notCounted: 'Nothing was counted.',
  openPdf: 'Open the PDF',
  download: 'Download the PDF',
  again: 'Print more',
  well: 'Did it print well?',
  strip: 'Open a test strip',
  stripHint: 'It shows whether this printer prints codes that scan.',
  none: 'Not printed yet',
  times: (runs: number, copies: number) =>
    `Printed ${runs === 1 ? 'once' : runs === 2 ? 'twice' : `${runs} times`}, ${copiesOf(copies)}`,
  last: (moment: string, name: string) => `last ${moment} by ${name}`,

  history: {
    title: 'Printed',
    slip: 'Link for the holder printed',
    what: (copies: number, kind: 'page' | 'large' | 'slip', paper: 'a4' | 'us-letter') =>
      [copiesOf(copies), kind === 'large' ? 'large print' : null, paper === 'a4' ? 'A4' : 'US Letter']
        .filter((part) => part !== null)
        .join(', '),
  },
}
