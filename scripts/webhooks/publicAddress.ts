import {BlockList, isIP, isIPv6} from 'node:net'
import {lookup} from 'node:dns/promises'

/** An address that a webhook may not reach; the message says which and why. */
export class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
  readonly code = 'addressRefused'
}

export type ResolvedAddress = {address: string; family: 4 | 6}

/** Answers every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>

/** IPv4 that is not globally reachable (IANA special-purpose registry, RFC 6890), multicast and reserved. */
const notPublic4 = blockList(
  'ipv4',
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
)
/** All of public IPv6 lies in 2000::/3; within it, what leads to IPv4 in disguise (6to4, Teredo) or is for documents. */
const maybePublic6 = blockList('ipv6', '2000::/3')
const notPublic6 = blockList('ipv6', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20')

/** Whether an address is one of the public internet: not of this machine, a private network, or a special purpose. */
export function isPublic({address, family}: ResolvedAddress): boolean {
  if (family === 4) return !notPublic4.check(address, 'ipv4')
  const [withoutZone = address] = address.split('%')
  const mapped = mappedIPv4(withoutZone)
  if (mapped !== undefined) return !notPublic4.check(mapped, 'ipv4')
  return maybePublic6.check(withoutZone, 'ipv6') && !notPublic6.check(withoutZone, 'ipv6')
}

/**
 * Every address that a host has, once all of them are found to be public. Whoever connects shall use these and not
 * ask again: a name may answer otherwise a moment later (DNS rebinding). Throws `AddressRefused`, and the resolver's
 * errors.
 */
export async function publicAddressesOf(
  hostname: string,
  {resolve = resolveAll, allowPrivate}: {resolve?: Resolve; allowPrivate: boolean},
): Promise<readonly ResolvedAddress[]> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  const addresses = isIP(bare)
    ? [{address: bare, family: isIPv6(bare) ? (6 as const) : (4 as const)}]
    : await resolve(bare)
  const refused = allowPrivate ? undefined : addresses.find((address) => !isPublic(address))
  if (refused === undefined && addresses.length > 0) return addresses
  throw new AddressRefused(
    refused === undefined
      ? `${bare} has no address.`
      : `${bare} leads to ${refused.address}, which is not on the public internet. Use a public address, or set DATELINE_WEBHOOK_PRIVATE=allow where the server runs.`,
  )
}

const resolveAll: Resolve = async (hostname) => {
  const found = await lookup(hostname, {all: true, verbatim: true})
  return found.map(({address, family}) => ({address, family: family === 6 ? 6 : 4}))
}

/** The IPv4 address inside `::ffff:a.b.c.d`, however it is written. */
function mappedIPv4(address: string): string | undefined {
  const {hostname} = new URL(`http://[${address}]`)
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname) ?? []
  if (high === undefined || low === undefined) return undefined
  const words = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return words.flatMap((word) => [word >> 8, word & 255]).join('.')
}

function blockList(family: 'ipv4' | 'ipv6', ...networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    list.addSubnet(address, Number(prefix), family)
  }
  return list
}
