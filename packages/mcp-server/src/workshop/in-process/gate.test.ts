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
    gate.run(() => {
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
  const failing = gate.run(() => first.promise);
  const leaver = new AbortController();
  const left = gate.run(async () => 'never', leaver.signal);
  const last = gate.run(async () => 'done');
  leaver.abort();
  await expect(left).rejects.toMatchObject({ code: 'cancelled' });
  first.reject(new Error('it failed'));
  await expect(failing).rejects.toThrow('it failed');
  expect(await last).toBe('done');
  const gone = AbortSignal.abort();
  await expect(gate.run(async () => 'never', gone)).rejects.toMatchObject({ code: 'cancelled' });
  expect(await gate.run(async () => 'works on')).toBe('works on');
});
