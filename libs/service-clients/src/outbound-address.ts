import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { HostNotResolved, hostResolver } from './host-resolver.ts';

export interface OutboundRules {
  /** The ports that may be called. Default: 443. */
  readonly ports?: readonly number[];
  /** For development: also allows this machine, with http and any port. Default: false. */
  readonly allowLoopback?: boolean;
  /** Resolves a name to all its addresses. Default: queries the system's name servers, for up to 5 seconds. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

export type OutboundRefusal =
  | 'url-invalid'
  | 'url-not-https'
  | 'url-port-not-allowed'
  | 'url-with-user-info'
  | 'url-with-fragment'
  | 'host-not-found'
  | 'host-not-resolved'
  | 'address-not-public';

export type OutboundAddress =
  /** Connect to these checked `addresses`: resolving the name again could give others. */
  | { readonly status: 'allowed'; readonly url: URL; readonly addresses: readonly LookupAddress[] }
  | { readonly status: 'refused'; readonly reason: OutboundRefusal };

type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/** The public IPv6 range. It also excludes `::127.0.0.1`, which has no range of its own in the library. */
const publicIpv6 = ipaddr.parseCIDR('2000::/3');

/** A public-looking address of Azure's internal services. */
const azureHost = '168.63.129.16';

const askNameServers = hostResolver();

/** Checks whether a merchant's URL may be called. It must not reach our own network. */
export async function outboundAddress(text: string, rules: OutboundRules = {}): Promise<OutboundAddress> {
  const refused = (reason: OutboundRefusal) => ({ status: 'refused' as const, reason });
  if (!URL.canParse(text)) return refused('url-invalid');
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(rules.allowLoopback && url.protocol === 'http:')) return refused('url-not-https');
  if (url.username !== '' || url.password !== '') return refused('url-with-user-info');
  if (text.includes('#')) return refused('url-with-fragment');

  const ips = await ipsOf(url.hostname, rules.resolve ?? askNameServers);
  if (ips === 'not-resolved') return refused('host-not-resolved');
  if (ips.length === 0) return refused('host-not-found');
  const onThisMachine = rules.allowLoopback && ips.every((ip) => ip.range() === 'loopback');
  if (!onThisMachine) {
    if (url.protocol !== 'https:') return refused('url-not-https');
    // One non-public address is enough to refuse, because any of them may be used.
    if (!ips.every(isPublic)) return refused('address-not-public');
    if (!(rules.ports ?? [443]).includes(Number(url.port || '443'))) return refused('url-port-not-allowed');
  }
  const addresses = ips.map((ip) => ({ address: ip.toString(), family: ip.kind() === 'ipv4' ? 4 : 6 }));
  return { status: 'allowed', url, addresses };
}

async function ipsOf(hostname: string, resolve: NonNullable<OutboundRules['resolve']>): Promise<Ip[] | 'not-resolved'> {
  const host = hostname.replace(/^\[|\]$/g, '');
  try {
    const addresses = isIP(host) ? [host] : await resolve(host);
    return addresses.map((address) => ipaddr.process(address));
  } catch (error) {
    return error instanceof HostNotResolved ? 'not-resolved' : [];
  }
}

function isPublic(ip: Ip): boolean {
  if (ip.range() !== 'unicast') return false;
  return ip.kind() === 'ipv4' ? ip.toString() !== azureHost : ip.match(publicIpv6);
}
