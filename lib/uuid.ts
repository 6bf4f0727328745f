/** Ids of rows as they come from outside. */

/** Whether a text is written as a UUID (RFC 9562), in either case; whether there is such a row is another question. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
}
