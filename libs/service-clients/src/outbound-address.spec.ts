import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { outboundAddress, type OutboundRules } from './outbound-address.ts';

const names: Readonly<Record<string, readonly string[]>> = {
  'merchant.test': ['93.184.216.34', '2606:2800:220:1::1'],
  'inside.test': ['10.0.0.7'],
  'half-inside.test': ['93.184.216.34', '169.254.169.254'],
  'mapped-inside.test': ['::ffff:192.168.0.1'],
  'nowhere.test': [],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1'],
};
const resolve = (host: string) => {
  const addresses = names[host];
  return addresses ? Promise.resolve(addresses) : Promise.reject(new Error(`getaddrinfo ENOTFOUND ${host}`));
};
const verdictOn = async (url: string, rules: OutboundRules = {}): Promise<string> => {
  const address = await outboundAddress(url, { resolve, ...rules });
  return address.status === 'allowed' ? 'allowed' : address.reason;
};

describe("a merchant's URL", () => {
  it('gives the addresses that were checked', async () => {
    expect(await outboundAddress('https://merchant.test/hooks?a=1', { resolve })).toEqual({
      status: 'allowed',
      url: new URL('https://merchant.test/hooks?a=1'),
      addresses: [
        { address: '93.184.216.34', family: 4 },
        { address: '2606:2800:220:1::1', family: 6 },
      ],
    });
  });

  it.each([
    'https://93.184.216.34/hooks',
    'https://[2606:2800:220:1::1]/',
    'https://[::ffff:93.184.216.34]/',
    'https://merchant.test:443/',
  ])('may be %s', async (url) => expect(await verdictOn(url)).toBe('allowed'));

  it.each([
    // This machine, in various notations.
    ['https://127.0.0.1/', 'address-not-public'],
    ['https://0x7f.1/', 'address-not-public'],
    ['https://2130706433/', 'address-not-public'],
    ['https://127.1/', 'address-not-public'],
    ['https://0177.0.0.1/', 'address-not-public'],
    ['https://１２７.0.0.1/', 'address-not-public'],
    ['https://[::1]/', 'address-not-public'],
    ['https://[::]/', 'address-not-public'],
    ['https://0.0.0.0/', 'address-not-public'],
    ['https://[::127.0.0.1]/', 'address-not-public'],
    ['https://[::ffff:127.0.0.1]/', 'address-not-public'],
    ['https://localhost/', 'address-not-public'],
    ['https://localhost./', 'address-not-public'],
    // The metadata services of clouds.
    ['https://169.254.169.254/latest/meta-data', 'address-not-public'],
    ['https://[::ffff:169.254.169.254]/', 'address-not-public'],
    ['https://[fd00:ec2::254]/', 'address-not-public'],
    ['https://100.100.100.200/', 'address-not-public'],
    ['https://168.63.129.16/', 'address-not-public'],
    // Networks that are not public.
    ['https://10.1.2.3/', 'address-not-public'],
    ['https://172.16.0.1/', 'address-not-public'],
    ['https://192.168.1.1/', 'address-not-public'],
    ['https://100.64.0.1/', 'address-not-public'],
    ['https://192.0.0.192/', 'address-not-public'],
    ['https://198.18.0.1/', 'address-not-public'],
    ['https://224.0.0.1/', 'address-not-public'],
    ['https://255.255.255.255/', 'address-not-public'],
    ['https://[fe80::1]/', 'address-not-public'],
    ['https://[fec0::1]/', 'address-not-public'],
    ['https://[64:ff9b::7f00:1]/', 'address-not-public'],
    ['https://[2002:7f00:1::]/', 'address-not-public'],
    ['https://[2001:0:7f00:1::]/', 'address-not-public'],
    // Names that resolve to them.
    ['https://inside.test/', 'address-not-public'],
    ['https://half-inside.test/', 'address-not-public'],
    ['https://mapped-inside.test/', 'address-not-public'],
    ['https://nowhere.test/', 'host-not-found'],
    ['https://unheard-of.test/', 'host-not-found'],
    // Other forbidden URLs.
    ['http://merchant.test/', 'url-not-https'],
    ['ftp://merchant.test/', 'url-not-https'],
    ['file:///etc/passwd', 'url-not-https'],
    ['gopher://merchant.test/', 'url-not-https'],
    ['https://merchant.test:22/', 'url-port-not-allowed'],
    ['https://merchant.test:80/', 'url-port-not-allowed'],
    ['https://user@merchant.test/', 'url-with-user-info'],
    ['https://:secret@merchant.test/', 'url-with-user-info'],
    ['https://merchant.test@127.0.0.1/', 'url-with-user-info'],
    ['https://merchant.test/#top', 'url-with-fragment'],
    ['https://merchant.test/#', 'url-with-fragment'],
    ['//merchant.test/', 'url-invalid'],
    ['https://', 'url-invalid'],
    ['https://[fe80::1%25eth0]/', 'url-invalid'],
    ['', 'url-invalid'],
  ])('may not be %s: %s', async (url, reason) => {
    expect(await verdictOn(url)).toBe(reason);
  });

  it('may only have a port of the list', async () => {
    expect(await verdictOn('https://merchant.test:8443/', { ports: [8443] })).toBe('allowed');
    expect(await verdictOn('https://merchant.test/', { ports: [8443] })).toBe('url-port-not-allowed');
  });

  it.each(['http://127.0.0.1:3000/', 'http://localhost:3000/', 'http://[::1]/', 'https://127.0.0.1:3000/'])(
    'may be %s in development',
    async (url) => expect(await verdictOn(url, { allowLoopback: true })).toBe('allowed'),
  );

  it.each([
    ['http://merchant.test/', 'url-not-https'],
    ['https://merchant.test:3000/', 'url-port-not-allowed'],
    ['http://10.0.0.7/', 'url-not-https'],
    ['https://10.0.0.7/', 'address-not-public'],
    ['https://169.254.169.254/', 'address-not-public'],
    ['ftp://127.0.0.1/', 'url-not-https'],
    ['http://user@127.0.0.1/', 'url-with-user-info'],
  ])('may in development no more be %s than elsewhere: %s', async (url, reason) => {
    expect(await verdictOn(url, { allowLoopback: true })).toBe(reason);
  });

  it('may not have a name that resolves to this machine and others, even in development', async () => {
    const mixed = { allowLoopback: true, resolve: () => Promise.resolve(['127.0.0.1', '10.0.0.7']) };
    expect(await verdictOn('https://mixed.test/', mixed)).toBe('address-not-public');
    expect(await verdictOn('http://mixed.test/', mixed)).toBe('url-not-https');
  });

  it('is never called at a non-public IPv4 address, in whatever notation', async () => {
    const inside = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)),
    );
    const written = fc.constantFrom(
      ([a, b, c, d]: number[]) => `${a}.${b}.${c}.${d}`,
      ([a, b, c, d]: number[]) => String(((a! * 256 + b!) * 256 + c!) * 256 + d!),
      ([a, b, c, d]: number[]) => `0x${a!.toString(16)}.0${b!.toString(8)}.${c! * 256 + d!}`,
      (octets: number[]) => `[${new ipaddr.IPv4(octets).toIPv4MappedAddress().toString()}]`,
    );
    await fc.assert(
      fc.asyncProperty(inside, written, async (octets, write) => {
        expect(await verdictOn(`https://${write(octets)}/`)).toBe('address-not-public');
      }),
    );
  });
});
