import { expect, it } from 'vitest';
import { Gate } from './gate.ts';

function held() {
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<void>((resolveIt, rejectIt) => {
    [resolve, reject] = [resolveIt, rejectIt];
  });
  return { promise, resolve: () => resolve(), reject: (error: Error) => reject(error) };
}

it('lets as many in as it says, the others in their turn, and sends away whom the line has no room for', async () => {
  const gate = new Gate({ atOnce: 2, mostWaiting: 1 });
  const [first, second] = [held(), held()];
  const begun: string[] = [];
  const work = (name: string, until: Promise<void>) =>
    gate.run('one', () => {
      begun.push(name);
      return until;
    });
  const all = [work('a', first.promise), work('b', second.promise), work('c', Promise.resolve())];
  await expect(work('d', Promise.resolve())).rejects.toMatchObject({ code: 'server-unavailable', isRetryable: true });
  expect(begun).toEqual(['a', 'b']);
  second.resolve();
  await all[2];
  expect(begun).toEqual(['a', 'b', 'c']);
  first.resolve();
  await Promise.all(all);
});

it('gives the place of what failed, and of whom left the line, to the next', async () => {
  const gate = new Gate({ atOnce: 1, mostWaiting: 5 });
  const first = held();
  const failing = gate.run('one', () => first.promise);
  const leaver = new AbortController();
  const left = gate.run('one', async () => 'never', leaver.signal);
  const last = gate.run('one', async () => 'done');
  leaver.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  first.reject(new Error('it failed'));
  await expect(failing).rejects.toThrow('it failed');
  expect(await last).toBe('done');
  const gone = AbortSignal.abort();
  await expect(gate.run('one', async () => 'never', gone)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await gate.run('one', async () => 'works on')).toBe('works on');
});

it('lets scopes take turns, however many one has sent', async () => {
  const gate = new Gate({ atOnce: 1, mostWaiting: 100 });
  const first = held();
  const order: string[] = [];
  const work = (scope: string, name: string) => gate.run(scope, async () => void order.push(name));
  const all = [gate.run('loud', () => first.promise)];
  for (const name of ['l1', 'l2', 'l3', 'l4']) all.push(work('loud', name));
  for (const name of ['q1', 'q2']) all.push(work('quiet', name));
  all.push(work('still', 's1'));
  first.resolve();
  await Promise.all(all);
  expect(order).toEqual(['l1', 'q1', 's1', 'l2', 'q2', 'l3', 'l4']);
});

it('makes room for others in a full line, at the cost of whoever fills it', async () => {
  const gate = new Gate({ atOnce: 1, mostWaiting: 4 });
  const first = held();
  const busy = gate.run('loud', () => first.promise);
  const loud = ['a', 'b', 'c', 'd'].map((name) => gate.run('loud', async () => name));
  const quiet = [gate.run('quiet', async () => 'e'), gate.run('quiet', async () => 'f')];
  for (const sentAway of [loud[3], loud[2], gate.run('quiet', async () => 'g'), gate.run('loud', async () => 'h')])
    await expect(sentAway).rejects.toMatchObject({ code: 'server-unavailable', isRetryable: true });
  first.resolve();
  await busy;
  expect(await Promise.all([...loud.slice(0, 2), ...quiet])).toEqual(['a', 'b', 'e', 'f']);
  expect(await gate.run('loud', async () => 'works on')).toBe('works on');
});
