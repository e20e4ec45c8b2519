import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { HostNotResolved, hostResolver } from './host-resolver.ts';

export interface OutboundRules {
  /** The ports that may be called. Default: 443. */
  readonly ports?: readonly number[];
  /** For development: this machine may be called too, by http and on any port. Default: false. */
  readonly allowLoopback?: boolean;
  /** All addresses of a name. Default: what the system's name servers know, within 5 seconds. */
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
  /** `addresses` were checked. A name that is resolved once more may lead elsewhere: connect to these. */
  | { readonly status: 'allowed'; readonly url: URL; readonly addresses: readonly LookupAddress[] }
  | { readonly status: 'refused'; readonly reason: OutboundRefusal };

type Ip = ipaddr.IPv4 | ipaddr.IPv6;

/** Of all IPv6, what is routed in public. Outside of it is also `::127.0.0.1`, which has no range of its own. */
const publicIpv6 = ipaddr.parseCIDR('2000::/3');

/** Looks public and is not: what Azure tells the machines that it runs. */
const azureHost = '168.63.129.16';

const askNameServers = hostResolver();

/** May a stranger's URL be called from here? Nothing on our side of the wall may be reached through it. */
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
    // One bad address among good ones is enough: which of them is called, chance decides.
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
