import { setImmediate } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { openBoard, openStudio, show } from './__fixtures__/boards.ts';
import { Slots, Turn } from './slots.ts';

const studio = openStudio();
afterAll(() => studio.close());
const never = new AbortController().signal;

it('jobs of several tenants share the slots of all', async () => {
  const slots = new Slots(1);
  await slots.take(never);
  const boards = [openBoard(studio, { slots }), openBoard(studio, { slots })];
  const image = await show(studio, 'shared-slots', 'coffee.png');
  const begun = await Promise.all(boards.map(({ jobs }) => jobs.start({ prompt: 'Remove the cup', image })));
  for (const [index, { id }] of begun.entries())
    expect((await boards[index]?.jobs.follow(id, { timeoutMs: 150 }))?.state).toBe('queued');
  slots.give();
  for (const [index, { id }] of begun.entries())
    expect((await boards[index]?.jobs.follow(id))?.state).toBe('succeeded');
});

it('a turn gives back what it has where the signal fires while it waits for more', async () => {
  const [own, all] = [new Slots(1), new Slots(1)];
  await all.take(never);
  const leaver = new AbortController();
  const left = new Turn([own, all], leaver.signal).begin();
  await setImmediate();
  leaver.abort();
  expect(await left).toBe(false);
  all.give();
  const turn = new Turn([own, all], never);
  expect(await turn.begin()).toBe(true);
  turn.end();
  expect(await Promise.all([own.take(never), all.take(never)])).toEqual([true, true]);
});
