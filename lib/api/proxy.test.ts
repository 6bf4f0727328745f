/** Addresses of the API never pass the proxy of the pages: it would send whoever has no session to sign in. */
import { expect, test } from 'vitest'
import { config } from '@/proxy'
import { contract } from './contract'

test('no endpoint is taken for a page', () => {
  const [pages, ...more] = config.matcher
  expect(more).toEqual([])
  const isPage = (path: string) => new RegExp(`^${pages}$`).test(path)
  expect(isPage('/certificates/1')).toBe(true)
  const paths = Object.values(contract).map(({ path }) => path.replaceAll(/\{\w+\}/g, 'x'))
  // What stands beside the documentation is as public as that.
  expect(paths.filter((path) => isPage(path) && !path.startsWith('/docs/'))).toEqual([])
})
