/** A certificate as a web page of its own: the pictures of its pages, which need nothing else. */
import { typeVersion } from '@/lib/certificate-types/live'
import type { Context } from '@/lib/certificates/context'
import type { CredentialRow } from '@/lib/certificates/store-read'

/** The page. `pictures`: SVG, one for each sheet. */
export async function certificateHtml(context: Context, row: CredentialRow, pictures: string[]): Promise<string> {
  const { type } = await typeVersion(context, row.type, row.typeVersion)
  const title = escaped(`${type.title}, certificate number ${row.certificateId}`)
  const sheets = pictures.map((picture, at) => {
    const source = `data:image/svg+xml;base64,${Buffer.from(picture).toString('base64')}`
    return `<img src="${source}" alt="${title}, page ${at + 1} of ${pictures.length}">`
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{margin:0;background:#e9e5dc}img{display:block;width:100%;max-width:210mm;margin:0 auto 1rem;background:#fff}@media print{body{background:none}img{margin:0;max-width:none;break-after:page}}</style>
</head>
<body>
${sheets.join('\n')}
</body>
</html>
`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
}
