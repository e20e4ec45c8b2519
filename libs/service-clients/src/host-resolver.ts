import { Resolver } from 'node:dns/promises';

export interface HostResolverOptions {
  /** Name servers, as `address` or `address:port`. Default: the system's. */
  readonly servers?: readonly string[];
  /** How long to wait for the name servers, in milliseconds. Default: 5,000. */
  readonly deadlineMs?: number;
}

/** No name server gave a usable answer. A retry may succeed. */
export class HostNotResolved extends Error {
  override readonly name = 'HostNotResolved';
}

const tries = { timeout: 1_500, tries: 2 };
/** Errors that mean that the host does not exist. */
const noSuch = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);
const loopback = ['127.0.0.1', '::1'];

/**
 * Resolves a foreign host name, with DNS queries over sockets. `dns.lookup` would use one of the four threads that this process
 * shares for files, cryptography and other names, so a few silent name servers could block everything. /etc/hosts and search
 * domains are not used, because they contain our own hosts.
 */
export function hostResolver({ servers, deadlineMs = 5_000 }: HostResolverOptions = {}) {
  return async (host: string): Promise<readonly string[]> => {
    // RFC 6761: name servers must not be queried for this name.
    if (/(^|\.)localhost\.?$/i.test(host)) return loopback;
    const resolver = new Resolver(tries);
    if (servers) resolver.setServers(servers);
    const deadline = setTimeout(() => resolver.cancel(), deadlineMs);
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    clearTimeout(deadline);
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    const open = answers.find((answer) => answer.status === 'rejected' && !noSuch.has(codeOf(answer.reason)));
    if (addresses.length === 0 && open) {
      throw new HostNotResolved(`No name server answered for the host [${host}]`, { cause: open });
    }
    return addresses;
  };
}

const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException).code);
