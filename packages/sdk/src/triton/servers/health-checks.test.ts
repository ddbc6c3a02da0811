import { execFile } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { settled } from './__fixtures__/fake-clock.ts';
import { fakePool, timedOut, unavailable, unreachable } from './__fixtures__/fake-server.ts';

const urlOf = async (server: { readonly url: string }) => server.url;

describe('health checks', () => {
  it('begin with the first call and go on at their distance', async () => {
    const { pool, servers, clock } = fakePool(2, { healthCheckMs: 1_000 });
    await clock.advance(10_000);
    expect(servers.map(({ probes }) => probes)).toEqual([0, 0]);
    await pool.run(urlOf);
    await clock.advance(3_500);
    expect(servers.map(({ probes }) => probes)).toEqual([3, 3]);
    await pool.close();
  });

  it.each([
    ['one server', 1, 1_000],
    ['a distance of 0', 2, 0],
  ])('there are none with %s', async (_, count, healthCheckMs) => {
    const { pool, servers, clock } = fakePool(count, { healthCheckMs });
    await pool.run(urlOf);
    await clock.advance(60_000);
    expect(servers.every(({ probes }) => probes === 0)).toBe(true);
    expect(clock.pending('background')).toBe(0);
  });

  it.each(['not-ready', 'unreachable', 'hangs'] as const)(
    'take a server out that is %s, and bring it back',
    async (health) => {
      const { pool, servers, clock } = fakePool(2, { healthCheckMs: 1_000 });
      const [first] = servers;
      if (!first) throw new Error('no server');
      expect(await pool.run(urlOf)).toBe('a');
      first.health = health;
      await clock.advance(2_000);
      expect(pool.servers.map(({ state }) => state)).toEqual(['not-ready', 'healthy']);
      expect(pool.servers[0]?.lastFault?.code).toBe(
        { 'not-ready': undefined, unreachable: 'server-unreachable', hangs: 'timed-out' }[health],
      );
      expect(await pool.run(urlOf)).toBe('b');
      first.health = 'ready';
      await clock.advance(2_000);
      expect(pool.servers.map(({ state }) => state)).toEqual(['healthy', 'healthy']);
      expect(await pool.run(urlOf)).toBe('a');
      await pool.close();
    },
  );

  it('that are not allowed leave a server in use', async () => {
    const { pool, servers, clock } = fakePool(2, { healthCheckMs: 1_000 });
    const [first] = servers;
    if (!first) throw new Error('no server');
    first.health = 'unreachable';
    await pool.run(urlOf);
    await clock.advance(1_000);
    expect(pool.servers[0]?.state).toBe('not-ready');
    first.health = 'denied';
    await clock.advance(1_000);
    expect(pool.servers[0]?.state).toBe('healthy');
    await pool.close();
  });

  it('never overlap, and one that hangs does not hold up the others', async () => {
    const { pool, servers, clock } = fakePool(2, { healthCheckMs: 10_000 });
    const [first, second] = servers;
    if (!first || !second) throw new Error('no server');
    first.health = 'hangs';
    await pool.run(urlOf);
    for (let turn = 0; turn < 20; turn += 1) {
      // Doubts come in while a check is running, too.
      await pool.run(async (server) => Promise.reject(timedOut(server))).catch(() => {});
      await clock.advance(1_000);
    }
    expect(first.mostProbesAtOnce).toBe(1);
    expect(second.probes).toBeGreaterThanOrEqual(2);
    await pool.close();
  });

  it('follow at once on a timeout or a refusal, once between two regular ones', async () => {
    const { pool, servers, clock } = fakePool(2, { healthCheckMs: 5_000, retry: { attempts: 1 } });
    const [first] = servers;
    if (!first) throw new Error('no server');
    first.health = 'not-ready';
    await expect(pool.run(async (server) => Promise.reject(timedOut(server)))).rejects.toThrow('No answer');
    await settled();
    expect(first.probes).toBe(1);
    expect(pool.servers[0]?.state).toBe('not-ready');
    first.health = 'ready';
    await clock.advance(5_000);
    const probes = first.probes;
    for (let call = 0; call < 50; call += 1) {
      await pool.run(async (server) => Promise.reject(unavailable(server))).catch(() => {});
      await settled();
    }
    expect(first.probes - probes).toBe(1);
    await pool.close();
  });

  it('half open a breaker when the server is ready before its cool-down is over', async () => {
    const { pool, servers, clock } = fakePool(2, {
      healthCheckMs: 1_000,
      breaker: { failures: 1, coolDownMs: 60_000 },
    });
    await pool.run(async (server) => (server.url === 'a' ? Promise.reject(unreachable(server)) : server.url));
    expect(pool.servers[0]?.state).toBe('open');
    await clock.advance(1_000);
    expect(pool.servers[0]?.state).toBe('half-open');
    expect(await pool.run(urlOf)).toBe('a');
    expect(pool.servers[0]?.state).toBe('healthy');
    expect(servers[0]?.probes).toBe(1);
    await pool.close();
  });

  it('stop with the pool: no timer and no check is left', async () => {
    const { pool, servers, clock } = fakePool(3, { healthCheckMs: 1_000 });
    const [, hanging] = servers;
    if (!hanging) throw new Error('no server');
    hanging.health = 'hangs';
    await pool.run(urlOf);
    await clock.advance(1_500);
    await pool.close();
    expect(servers.map(({ probesRunning }) => probesRunning)).toEqual([0, 0, 0]);
    expect(clock.pending('background')).toBe(0);
    const probes = servers.map((server) => server.probes);
    await clock.advance(60_000);
    expect(servers.map((server) => server.probes)).toEqual(probes);
  });

  it('do not keep the process alive', async () => {
    const pool = new URL('./server-pool.ts', import.meta.url).href;
    const script = `
      const { ServerPool } = await import(${JSON.stringify(pool)});
      const server = (url) => ({ url, probe: async () => true });
      await new ServerPool([server('a'), server('b')], { healthCheckMs: 60_000 }).run(async () => {});
    `;
    const options = { timeout: 30_000 };
    const args = ['--conditions=atelier-source', '--input-type=module', '--eval', script];
    const failure = await new Promise((resolve) => execFile(process.execPath, args, options, resolve));
    expect(failure).toBeNull();
  });
});
