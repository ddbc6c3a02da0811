import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  cut,
  events,
  json,
  live,
  type Turn,
  type UnsteadyServer,
  unsteadyServer,
} from './__fixtures__/unsteady-server.ts';
import { type AgentClientOptions, createAgentClient } from './agent-client.ts';
import { AgentError } from './agent-error.ts';
import type { JobEvent } from './wire.ts';

let server: UnsteadyServer | undefined;
afterEach(() => server?.close());

async function jobAt(turns: readonly Turn[], options: Partial<AgentClientOptions> = {}) {
  server = await unsteadyServer(turns);
  return { server, job: createAgentClient({ url: server.url, ...options }).job('job_1') };
}

const seqs = (all: readonly JobEvent[]) => all.flatMap((event) => ('seq' in event ? [event.seq] : []));

async function collect(stream: AsyncIterable<JobEvent>): Promise<JobEvent[]> {
  const all: JobEvent[] = [];
  for await (const event of stream) all.push(event);
  return all;
}

describe('events of a job', () => {
  it('come once each over connections that break, end early, repeat and are refused', async () => {
    const { server, job } = await jobAt([
      events(9, { to: 3, last: 'break' }),
      cut,
      json(503, { error: { code: 'server-unavailable', message: 'Stopping.' } }, { 'retry-after': '0' }),
      events(9, { from: 2, to: 5, last: 'break' }),
      events(9, { to: 7 }),
      json(200, { state: 'running', lastSeq: 7 }),
      events(9),
    ]);
    expect(seqs(await collect(job.events()))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(server.seen.map((line) => line.replace('GET /jobs/job_1', ''))).toEqual([
      '/events?after=0',
      '/events?after=3',
      '/events?after=3',
      '/events?after=3',
      '/events?after=5',
      '',
      '/events?after=7',
    ]);
  });

  it('after a gap, are read again from where they were whole', async () => {
    const { server, job } = await jobAt([events(6, { from: 3 }), events(6)]);
    expect(seqs(await collect(job.events({ after: 1 })))).toEqual([2, 3, 4, 5, 6]);
    expect(server.seen).toHaveLength(2);
  });

  it('pass live ones through', async () => {
    const { job } = await jobAt([events(2, { before: live('He', 0) + live('llo', 0) })]);
    const all = await collect(job.events());
    expect(all.flatMap((event) => (event.status === 'token' ? [event.text] : []))).toEqual(['He', 'llo']);
    expect(seqs(all)).toEqual([1, 2]);
  });

  it('are read over a new connection when the old one falls silent', async () => {
    const { server, job } = await jobAt([events(4, { to: 2, last: 'stay' }), events(4)], { silenceSeconds: 0.2 });
    expect(seqs(await collect(job.events()))).toEqual([1, 2, 3, 4]);
    expect(server.open()).toBe(0);
  });

  it('end at once where all were known before', async () => {
    const { job } = await jobAt([events(4), json(200, { state: 'cancelled', lastSeq: 4 })]);
    expect(await collect(job.events({ after: 4 }))).toEqual([]);
  });

  it('are not waited for where there is no such job', async () => {
    const { server, job } = await jobAt([
      json(404, { error: { code: 'not-found', message: 'There is no job job_1.', hint: 'Look.', requestId: 'r1' } }),
    ]);
    const error = await collect(job.events()).catch((error: unknown) => error);
    expect(AgentError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: 'not-found', status: 404, hint: 'Look.', requestId: 'r1' });
    expect(server.seen).toHaveLength(1);
  });

  it('are given up after the patience, and say that the server cannot be reached', async () => {
    const { job } = await jobAt([cut], { patienceSeconds: 0.5 });
    await expect(collect(job.events())).rejects.toMatchObject({ code: 'server-unreachable', isRetryable: true });
  });

  it('are no page of a proxy', async () => {
    const { job } = await jobAt([(_request, response) => void response.end('<html>')]);
    await expect(collect(job.events())).rejects.toMatchObject({ code: 'response-invalid' });
  });
});

describe('watching stops at once', () => {
  it('when the loop is left', async () => {
    const { server, job } = await jobAt([events(9, { to: 3, last: 'stay' })]);
    for await (const event of job.events()) if ('seq' in event && event.seq === 2) break;
    await expect.poll(() => server.open()).toBe(0);
    expect(server.seen).toHaveLength(1);
  });

  it('when return() is called during a read', async () => {
    const { server, job } = await jobAt([events(9, { to: 1, last: 'stay' })]);
    const iterator = job.events()[Symbol.asyncIterator]();
    await iterator.next();
    const next = iterator.next();
    await wait(30);
    const started = performance.now();
    await iterator.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(performance.now() - started).toBeLessThan(500);
    await expect.poll(() => server.open()).toBe(0);
  });

  it('with the reason of the signal, in a read, in a wait and before the first request', async () => {
    const { server, job } = await jobAt([events(9, { to: 1, last: 'stay' }), cut]);
    const reason = new Error('enough');
    for (const delay of [60, 60]) {
      const control = new AbortController();
      setTimeout(() => control.abort(reason), delay);
      await expect(collect(job.events({ signal: control.signal }))).rejects.toBe(reason);
    }
    const seen = server.seen.length;
    await expect(collect(job.events({ signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(server.seen).toHaveLength(seen);
    await expect.poll(() => server.open()).toBe(0);
  });
});
