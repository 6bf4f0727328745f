/** Pages come with all that they need to come to life. */
import { expect, signIn, test } from './journey'

test('a page asks again for nothing that it brought, finds no script late, and waits for no tables of Intl', async ({
  page,
}) => {
  await signIn(page)
  await page.addInitScript(() => {
    const used: string[] = []
    Object.assign(window, { used })
    const noting = <F extends object>(name: string, of: F) =>
      new Proxy(of, {
        construct: (real, given) => (used.push(name), Reflect.construct(real as () => unknown, given)),
        apply: (real, at, given) => (used.push(name), Reflect.apply(real as () => unknown, at, given)),
      })
    Object.assign(Intl, {
      DateTimeFormat: noting('DateTimeFormat', Intl.DateTimeFormat),
      NumberFormat: noting('NumberFormat', Intl.NumberFormat),
      Segmenter: noting('Segmenter', Intl.Segmenter),
    })
    Number.prototype.toLocaleString = noting('Number', Number.prototype.toLocaleString)
    Date.prototype.toLocaleString = noting('Date', Date.prototype.toLocaleString)
  })
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
    ['/account', 'Your account'],
  ] as const) {
    asked.length = 0
    // Asked by every page once it works, last of all.
    const works = page.waitForResponse('**/v3/session')
    const answer = await page.goto(path)
    await works
    const html = await answer!.text()
    const scripts = await page.evaluate(() =>
      performance.getEntriesByType('resource').flatMap(({ name }) => new URL(name).pathname.match(/^.*\.js$/) ?? []),
    )
    expect(scripts.length, path).toBeGreaterThan(5)
    expect(
      scripts.filter((script) => !html.includes(` src="${script}"`)),
      path,
    ).toEqual([])
    expect(await page.evaluate(() => (window as unknown as { used: string[] }).used), path).toEqual([])
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    expect(asked, path).toEqual([])
  }
})
