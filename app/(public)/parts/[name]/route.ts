/** Scripts, styles and fonts of the public pages. Their names change with their content: what a browser has it need not ask for again. */
import { part } from '@/app/(public)/built'

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  wasm: 'application/wasm',
  woff: 'font/woff',
  woff2: 'font/woff2',
}

export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params
  const content = await part(name)
  const headers = { 'x-content-type-options': 'nosniff' }
  if (!content) return new Response(null, { status: 404, headers: { ...headers, 'cache-control': 'no-store' } })
  return new Response(content, {
    headers: {
      ...headers,
      'content-type': TYPES[name.split('.').at(-1)!]!,
      'cache-control': 'public, max-age=31536000, immutable',
    },
  })
}
