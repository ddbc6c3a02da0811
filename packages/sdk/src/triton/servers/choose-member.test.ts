import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './__fixtures__/fake-clock.ts';
import { FakeServer } from './__fixtures__/fake-server.ts';
import { chooseMember } from './choose-member.ts';
import { PoolMember } from './pool-member.ts';
import { poolSettings } from './pool-settings.ts';
import { rendezvousRank } from './rendezvous.ts';

const clock = new FakeClock();

function membersOf(loads: readonly number[]): PoolMember<FakeServer>[] {
  return loads.map((load, index) => {
    const member = new PoolMember(new FakeServer(`http://gpu-${index}:8000`), poolSettings({}), clock);
    for (let call = 0; call < load; call += 1) member.enter();
    return member;
  });
}

function open(member: PoolMember<FakeServer>): void {
  for (let time = 0; time < 3; time += 1) member.breaker.fail(member.breaker.enter());
}

const choose = (members: readonly PoolMember<FakeServer>[], random = 0, routeKey?: string, tried = new Set<never>()) =>
  members.indexOf(chooseMember({ members, tried, routeKey, random: () => random }));

describe('chooseMember', () => {
  it('takes the least loaded', () => {
    expect(choose(membersOf([3, 1, 2]))).toBe(1);
  });

  it('breaks ties by chance', () => {
    const members = membersOf([0, 1, 0, 0]);
    expect([0, 0.34, 0.67, 0.999].map((random) => choose(members, random))).toEqual([0, 2, 3, 3]);
  });

  it('takes a server that this call was not on before, however busy', () => {
    const members = membersOf([0, 9]);
    const tried = new Set(members.slice(0, 1));
    expect(members.indexOf(chooseMember({ members, tried, routeKey: undefined, random: () => 0 }))).toBe(1);
  });

  it('counts refusals in a row as load, until something is answered', () => {
    const [refusing, busy] = membersOf([0, 1]);
    if (!refusing || !busy) throw new Error('no members');
    for (let time = 0; time < 2; time += 1) {
      const ticket = refusing.enter();
      refusing.leave();
      refusing.judge('refused', ticket, false);
    }
    expect(choose([refusing, busy])).toBe(1);
    const ticket = refusing.enter();
    refusing.leave();
    refusing.judge('answered', ticket, false);
    expect(choose([refusing, busy])).toBe(0);
  });

  it('leaves out what is not ready or open while something else is left', () => {
    const members = membersOf([0, 0, 9]);
    members[0]?.probed(false);
    if (members[1]) open(members[1]);
    expect(choose(members)).toBe(2);
  });

  it('prefers a server whose calls work to one whose calls fail when both are out', () => {
    const members = membersOf([0, 9]);
    if (members[0]) open(members[0]);
    members[1]?.probed(false);
    expect(choose(members)).toBe(1);
  });

  it('tries the one that is due next when all are open', async () => {
    const members = membersOf([0, 0, 0]);
    for (const index of [1, 2, 0]) {
      const member = members[index];
      if (member) open(member);
      await clock.advance(10);
    }
    expect([0, 0.5, 0.999].map((random) => choose(members, random))).toEqual([1, 1, 1]);
  });
});

describe('a route key', () => {
  it('stays with its server, whatever the load', () => {
    const home = choose(membersOf([0, 0, 0, 0]), 0, 'picture');
    const loads = [0, 0, 0, 0].map((_, index) => (index === home ? 9 : 0));
    expect([0, 0.5, 0.999].map((random) => choose(membersOf(loads), random, 'picture'))).toEqual([home, home, home]);
  });

  it('moves only when its server is out, and comes back', () => {
    const check = fc.property(fc.string(), fc.integer({ min: 2, max: 8 }), fc.nat(7), (key, count, which) => {
      const members = membersOf(Array.from({ length: count }, () => 0));
      const home = choose(members, 0, key);
      const out = which % count;
      members[out]?.probed(false);
      const meanwhile = choose(members, 0, key);
      if (home === out) expect(meanwhile).not.toBe(home);
      else expect(meanwhile).toBe(home);
      members[out]?.probed(true);
      expect(choose(members, 0, key)).toBe(home);
    });
    fc.assert(check, { numRuns: 200 });
  });

  it('does not depend on the order of the servers', () => {
    const members = membersOf([0, 0, 0]);
    const reversed = [...members].reverse();
    for (let key = 0; key < 50; key += 1) {
      expect(reversed[choose(reversed, 0, `${key}`)]).toBe(members[choose(members, 0, `${key}`)]);
    }
  });

  it('spreads keys evenly', () => {
    const counts = [0, 0, 0, 0];
    const members = membersOf(counts);
    for (let key = 0; key < 4_000; key += 1) {
      const home = choose(members, 0, `sha256-${key}`);
      counts[home] = (counts[home] ?? 0) + 1;
    }
    // 1,000 each; the standard deviation of a fair choice is 27.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(140);
  });

  it('tells keys and addresses apart', () => {
    expect(rendezvousRank('a', 'bc')).not.toBe(rendezvousRank('ab', 'c'));
  });
});
