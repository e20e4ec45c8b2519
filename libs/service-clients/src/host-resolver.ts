import { Resolver } from 'node:dns/promises';

export interface HostResolverOptions {
  /** Name servers, as `address` or `address:port`. Default: the system's. */
  readonly servers?: readonly string[];
  /** A name that is not resolved by then is not waited for, in milliseconds. Default: 5,000. */
  readonly deadlineMs?: number;
}

/** No name server said anything that helps: asked later, one may. */
export class HostNotResolved extends Error {
  override readonly name = 'HostNotResolved';
}

const tries = { timeout: 1_500, tries: 2 };
/** The answers that mean that there is no such address. */
const noSuch = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);
const loopback = ['127.0.0.1', '::1'];

/**
 * All addresses of a stranger's name, asked of name servers over sockets. `dns.lookup` would ask on one of the four threads
 * that files, keys and every other name of this process share: a few silent name servers would hold all of it up. Files
 * like /etc/hosts and search domains are passed over: what they name is our own.
 */
export function hostResolver({ servers, deadlineMs = 5_000 }: HostResolverOptions = {}) {
  return async (host: string): Promise<readonly string[]> => {
    // RFC 6761: this name is never asked of a name server.
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
