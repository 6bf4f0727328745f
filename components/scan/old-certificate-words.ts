/** What an operator reads who finds a certificate by scanning it. */

export const oldCertificateWords = {
  open: 'Scan the old certificate',
  title: 'Scan the old certificate',
  lead: 'Only its number is read, and looked up. A replaced certificate leads to the current one.',
  close: 'Close',
  preview: 'This is a preview, not a certificate. Scan the certificate that was issued, or type the code.',
  sandbox: 'This is a test certificate. It is not in the registry.',
  other: 'This is not the QR code of a certificate. Look for the large square code printed on it.',
}
