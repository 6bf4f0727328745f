/** Deep copies of documents. */

/** A copy of plain JSON, which is all that a program covers: several times as fast as structuredClone. */
export function copied<Document>(document: Document): Document {
  if (typeof document !== 'object' || document === null) return document
  if (Array.isArray(document)) return document.map(copied) as Document
  const copy = { ...document }
  for (const name in copy) {
    const value = copy[name]
    if (typeof value === 'object' && value !== null) copy[name] = copied(value)
  }
  return copy
}
