/** Pictures, PDFs and texts that were pasted or dropped. */

/** The first file, null without one. */
export function fileIn(data: DataTransfer | null): File | null {
  return data?.files[0] ?? null
}

/** The text, null when there is none. */
export function textIn(data: DataTransfer | null): string | null {
  const text = data?.getData('text/plain') ?? ''
  return text.trim() === '' ? null : text
}

/** What lies in the clipboard, null when it is neither picture nor text; 'ask' where the browser lets only the person paste. */
export async function pasteFromClipboard(): Promise<Blob | string | null | 'ask'> {
  if (!navigator.clipboard?.read) return 'ask'
  let items: ClipboardItems
  try {
    items = await navigator.clipboard.read()
  } catch {
    return 'ask'
  }
  for (const item of items) {
    const picture = item.types.find((type) => type.startsWith('image/'))
    if (picture) return item.getType(picture)
  }
  for (const item of items) {
    if (!item.types.includes('text/plain')) continue
    const text = await (await item.getType('text/plain')).text()
    if (text.trim() !== '') return text
  }
  return null
}
