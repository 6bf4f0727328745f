/** Pages come with the answers that they show. */
import { expect, signIn, test } from './journey'

test('what a page brought is not asked for again', async ({ page }) => {
  await signIn(page)
  const asked: string[] = []
  page.on('request', (sent) => {
    const { pathname } = new URL(sent.url())
    if (sent.method() === 'GET' && pathname.startsWith('/v3/') && sent.resourceType() === 'fetch') asked.push(pathname)
  })
  for (const [path, title] of [
    ['/', 'Find a certificate'],
    ['/today', 'Today'],
    ['/queue', 'Queue'],
    ['/bulk', 'Bulk'],
    ['/approvals', 'Requests'],
    ['/recalls', 'Recalls'],
  ] as const) {
    asked.length = 0
    // Asked by every page once it works, last of all.
    const works = page.waitForResponse('**/v3/session')
    await page.goto(path)
    await works
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    expect(asked, path).toEqual([])
  }
})
