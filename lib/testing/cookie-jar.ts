/** A browser as far as cookies and redirects go. */

export class CookieJar {
  private readonly cookies = new Map<string, string>()

  /** Takes what an answer sets and takes away. */
  take(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split('; ')
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const over = attributes.some((one) => /^max-age=0$/i.test(one) || /^expires=Thu, 01 Jan 1970/i.test(one))
      if (value === '' || over) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
  }

  /** The Cookie header. */
  header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  set(name: string, value: string): void {
    this.cookies.set(name, value)
  }
}
