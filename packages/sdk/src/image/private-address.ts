import { BlockList, isIP } from 'node:net';
import { DownloadError, validateDownloadUrl } from '@ai-sdk/provider-utils';

/** Addresses that lead through a tunnel or a relay to an IPv4 address inside of them, or to nowhere. */
const tunnels = new BlockList();
// 6to4: 2002:7f00:1:: is 127.0.0.1 to a host with such an interface.
tunnels.addSubnet('2002::', 16, 'ipv6');
// Teredo, and the other special purposes of 2001::/23 (RFC 6890).
tunnels.addSubnet('2001::', 23, 'ipv6');
// To be thrown away (RFC 6666).
tunnels.addSubnet('100::', 64, 'ipv6');
// Relays of 6to4.
tunnels.addSubnet('192.88.99.0', 24, 'ipv4');

/**
 * Throws a `DownloadError` for an address that is not on the public internet: loopback, private, link-local, multicast, reserved, and what
 * stands for one of these inside of IPv6.
 */
export function refusePrivate(address: string): void {
  const family = isIP(address);
  const url = `http://${family === 6 ? `[${address}]` : address}/`;
  if (family === 0 || tunnels.check(address, family === 6 ? 'ipv6' : 'ipv4')) {
    throw new DownloadError({ url, message: `${address} is no public address` });
  }
  validateDownloadUrl(url);
}
