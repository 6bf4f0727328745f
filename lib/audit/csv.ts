/** Files for spreadsheets: comma-separated values (RFC 4180) in which nothing is carried out as a formula. */

/** What a spreadsheet takes for the beginning of a formula, also in the wide signs of East Asian keyboards. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** One line of the file. A cell that would begin a formula gets an apostrophe before it, which makes it a text. */
export function csvLine(cells: readonly string[]): string {
  const written = cells.map((cell) => {
    const text = FORMULA.test(cell) ? `'${cell}` : cell
    return /[",;\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  })
  return `${written.join(',')}\r\n`
}
