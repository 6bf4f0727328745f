/** Running the W3C's suites is honest: what failed, what was absent and what ended without a score is said and counts. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder'
import { openDoor } from './door.mjs'
import { closingOf, configText, exitCodeOf, obstacleTo, runSuite, scoreIn, SUITES, tableOf } from './suites.mjs'

const OUTPUT = `
  Contexts
    Errata
      ✔ MUST be there
      1) MUST be first

  41 passing (3s)
  2 pending
  1 failing

  1) Contexts
       MUST be first:
     AssertionError: Failed to reject
`

test('the score is the last tally, and the closing lines name the failures', () => {
  expect(scoreIn(OUTPUT)).toEqual({ passing: 41, failing: 1, pending: 2 })
  expect(scoreIn(`  3 passing (1s)\n${OUTPUT}`)).toEqual({ passing: 41, failing: 1, pending: 2 })
  expect(scoreIn('  7 passing (20ms)\n')).toEqual({ passing: 7, failing: 0, pending: 0 })
  expect(scoreIn('Error: Cannot find module')).toBeNull()
  expect(closingOf(OUTPUT)).toMatch(/^ {2}41 passing[\s\S]*Failed to reject$/)
  expect(closingOf('Error: Cannot find module')).toBe('Error: Cannot find module')
})

test('the exit code hides nothing', () => {
  const good = { score: { passing: 3, failing: 0, pending: 1 } }
  expect(exitCodeOf([good, good])).toBe(0)
  expect(exitCodeOf([good, { score: { passing: 3, failing: 1, pending: 0 } }, { obstacle: 'absent' }])).toBe(1)
  expect(exitCodeOf([good, { score: null }])).toBe(1)
  expect(exitCodeOf([good, { obstacle: 'absent' }])).toBe(2)
  const table = tableOf([
    { title: 'One', result: good },
    { title: 'Two', result: { obstacle: 'absent: git clone x' } },
    { title: 'Three', result: { score: null } },
  ])
  expect(table).toContain('| One | 3 | 0 | 1 | |')
  expect(table).toContain('absent: git clone x')
  expect(table).toContain('ended without a score')
})

test('a suite is run with its own mocha and told about us; its own settings are put back', async () => {
  const folder = join(temporaryFolder(), 'suite')
  expect(obstacleTo(SUITES[0], folder)).toMatch(/^absent: git clone https/)
  mkdirSync(join(folder, 'node_modules', 'mocha', 'bin'), { recursive: true })
  expect(obstacleTo(SUITES[0], folder)).toMatch(/^not installed/)
  // What it prints shows that it saw the settings.
  writeFileSync(
    join(folder, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    `const { implementations } = require(process.cwd() + '/localConfig.cjs')
     console.log(implementations[0].issuers[0].endpoint + ' ' + process.argv.slice(2).join(' '))
     console.log('  5 passing (1ms)')`,
  )
  expect(obstacleTo(SUITES[0], folder)).toBeNull()
  writeFileSync(join(folder, 'localConfig.cjs'), 'module.exports = "theirs"')
  const report = join(folder, 'reports', 'out.txt')
  const config = configText(SUITES[0], { door: 'http://127.0.0.1:1', did: 'did:key:z6Mk' })
  expect(await runSuite(folder, config, report)).toEqual({
    score: { passing: 5, failing: 0, pending: 0 },
    closing: '  5 passing (1ms)',
  })
  expect(readFileSync(report, 'utf8')).toMatch(/^http:\/\/127\.0\.0\.1:1\/credentials\/issue tests\/ /)
  expect(readFileSync(join(folder, 'localConfig.cjs'), 'utf8')).toBe('module.exports = "theirs"')
  expect(existsSync(join(folder, 'localConfig.cjs.kept'))).toBe(false)
})

test('the door adds the token and passes everything else on', async () => {
  const seen: string[] = []
  const product = http.createServer((request, response) => {
    let body = ''
    request.on('data', (text) => (body += String(text)))
    request.on('end', () => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${body}`)
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"verified":false}')
    })
  })
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve))
  const door = await openDoor(`http://127.0.0.1:${(product.address() as { port: number }).port}`, 'secret')
  const answer = await fetch(`${door.address}/credentials/verify`, { method: 'POST', body: '{"a":1}' })
  expect([answer.status, await answer.json()]).toEqual([400, { verified: false }])
  expect(seen).toEqual(['POST /credentials/verify Bearer secret {"a":1}'])
  await door.close()
  product.close()
})
