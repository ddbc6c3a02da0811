import { afterAll, beforeAll, expect, it } from 'vitest';
import { brighten, caller, currentIn, photo, sharedData, undo } from './__fixtures__/conversations.ts';

let data: Awaited<ReturnType<typeof sharedData>>;
beforeAll(async () => {
  data = await sharedData();
});
afterAll(() => data.close());

it('a conversation goes on in its own session, whoever else has loaded the same picture since', async () => {
  const [a, b] = [data.process().of(caller('a')), data.process().of(caller('b'))];
  const bytes = await photo('two-cups.png');
  const { id } = await a.takeBytes(bytes);
  expect((await b.takeBytes(bytes)).id).toBe(id);
  const { session, output } = await brighten(a, id);
  expect(session).toBe('a');
  await expect(undo(b)).rejects.toMatchObject({ code: 'not-found', message: 'There is no edit to undo.' });
  expect(await currentIn(a, 'a')).toBe(output.image);
  expect(await currentIn(b, 'b')).toBe(id);
  const job = await b.jobs.start({ prompt: 'make it black and white', image: id });
  expect(job.session).toBe('b');
  await b.jobs.follow(job.id);
  expect((await undo(a)).output).toMatchObject({ image: id, undone: output.edit });
});

it('what only another conversation knows is worked on there', async () => {
  const [a, b] = [data.process().of(caller('c')), data.process().of(caller('d'))];
  const { id } = await a.takeBytes(await photo('coffee.png'));
  const { output } = await brighten(a, id);
  expect((await brighten(b, String(output.image))).session).toBe('c');
  expect((await undo(b, { edit: output.edit })).session).toBe('c');
});
