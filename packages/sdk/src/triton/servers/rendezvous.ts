import { hash } from 'node:crypto';

/**
 * The rank of a server for a key: keys go to the server of the highest. Every client that knows the same addresses agrees,
 * and a server that comes or goes moves only its own keys. Thaler and Ravishankar, "Using name-based mappings to increase
 * hit rates" (1998).
 */
export function rendezvousRank(key: string, url: string): number {
  // 48 bits are exact in a number; JSON keeps ('a', 'bc') and ('ab', 'c') apart.
  return Number.parseInt(hash('sha256', JSON.stringify([key, url]), 'hex').slice(0, 12), 16);
}
