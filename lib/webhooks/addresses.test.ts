import { expect, test } from 'vitest'
import { mayConnect, problemOf } from './addresses'

const INNER = ['10.20.0.0/16', 'fd00:12::/32']

test.each([
  ...[
    '127.0.0.1',
    '127.8.9.1',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
  ],
  ...['100.64.0.1', '100.127.255.255', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255', '192.0.0.8'],
  ...['198.18.0.1', '192.0.2.1', '198.51.100.7', '203.0.113.9'],
  ...[
    '::',
    '::1',
    'fe80::1',
    'fec0::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2001::1',
  ],
  ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1', '100::1', '3fff::1'],
  ...['not an address', '', '8.8.8', '010.0.0.1'],
])('nothing connects to %s', (address) => expect(mayConnect(address, [])).toBe(false))

test.each(['8.8.8.8', '100.63.255.255', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
  '%s is on the internet',
  (address) => expect(mayConnect(address, [])).toBe(true),
)

test('the settings open networks, and those alone', () => {
  expect(mayConnect('10.20.3.4', INNER)).toBe(true)
  expect(mayConnect('10.21.3.4', INNER)).toBe(false)
  expect(mayConnect('fd00:12::5', INNER)).toBe(true)
  expect(mayConnect('fd00:13::5', INNER)).toBe(false)
  expect(mayConnect('::ffff:10.20.3.4', INNER)).toBe(false)
  expect(mayConnect('127.0.0.1', INNER)).toBe(false)
})

test.each([
  ['http://hospital.example/x', /https/],
  ['ftp://hospital.example/x', /https/],
  ['file:///etc/passwd', /https/],
  ['hospital.example', /https/],
  ['https://name:password@hospital.example/', /password/],
  ['https://name@hospital.example/', /password/],
  ['https://hospital.example/#part', /#/],
  ['https://127.0.0.1/', /this machine/],
  ['https://localhost:9000/', /this machine/],
  ['https://[::1]/', /this machine/],
  ['https://2130706433/', /this machine/],
  ['https://0x7f.1/', /this machine/],
  ['https://169.254.169.254/latest', /inner network/],
  ['https://[fd00::1]/', /inner network/],
  ['https://[::ffff:10.0.0.1]/', /inner network/],
])('%s is no receiver', (url, problem) => expect(problemOf(url, [])).toMatch(problem))

test('a receiver is an https address; in an inner network, or over http on this machine, where the settings say so', () => {
  expect(problemOf('https://hospital.example:8443/hooks?x=1', [])).toBeNull()
  expect(problemOf('https://10.20.0.7/hooks', INNER)).toBeNull()
  expect(problemOf('http://10.20.0.7/hooks', INNER)).toMatch(/https/)
  expect(problemOf('http://127.0.0.1:9000/', ['127.0.0.0/8'])).toBeNull()
  expect(problemOf('http://localhost:9000/', ['127.0.0.0/8'])).toBeNull()
})
