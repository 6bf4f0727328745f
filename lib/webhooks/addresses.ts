/** Where messages may go: to the internet over https, and to those inner networks that the settings name. */
import { BlockList, isIP } from 'node:net'

/** What stands for no machine on the internet: IANA's special-purpose registries for IPv4. */
const NOT_PUBLIC_4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  // Several at once, and what is kept for later.
  ...['224.0.0.0/4', '240.0.0.0/4'],
]
/** Of IPv6 only global unicast is public, and of that not what leads into IPv4 or nowhere (Teredo, 6to4, documentation). */
const PUBLIC_6 = ['2000::/3']
const NOT_PUBLIC_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const notPublic = blockListOf([...NOT_PUBLIC_4, ...NOT_PUBLIC_6])
const public6 = blockListOf(PUBLIC_6)

/** Whether a connection to this address (IPv4 or IPv6, as text) may be made. `allowed`: networks of the settings. */
export function mayConnect(address: string, allowed: readonly string[]): boolean {
  const family = isIP(address)
  if (family === 0) return false
  // An IPv4 address in the clothes of IPv6 is neither: nobody has to write it so.
  if (family === 6 && /^::(ffff:)?\d+\.\d+\.\d+\.\d+$|^::ffff:/i.test(address)) return false
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  if (blockListOf(allowed).check(address, kind)) return true
  if (notPublic.check(address, kind)) return false
  return family === 4 || public6.check(address, kind)
}

/**
 * What is wrong with an address as a receiver's, in words; null = nothing. Names are looked up when a message is sent, not
 * here. Plain http is for this machine alone, where the settings allow it (development).
 */
export function problemOf(url: string, allowed: readonly string[]): string | null {
  const target = URL.canParse(url) ? new URL(url) : null
  if (!target || !/^https?:$/.test(target.protocol)) return 'must be an address that begins with https://'
  if (target.username || target.password) return 'must not hold a name or a password'
  if (target.hash) return 'must not have a part after #'
  const host = hostOf(target)
  const here = ['localhost', '127.0.0.1', '::1'].includes(host)
  const hereAllowed = mayConnect('127.0.0.1', allowed) || mayConnect('::1', allowed)
  if (target.protocol === 'http:' && !(here && hereAllowed)) return 'must begin with https://'
  if (here && !hereAllowed) return 'must not be this machine'
  if (isIP(host) !== 0 && !mayConnect(host, allowed)) {
    return 'must not be an address of an inner network (WEBHOOKS_ALLOW_PRIVATE names those that are allowed)'
  }
  return null
}

/** The host of an address, an IPv6 one without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits = '0'] = network.split('/')
    list.addSubnet(address, Number(bits), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  return list
}
