import { afterAll, beforeAll, expect, it } from 'vitest';
import { brighten, caller, currentIn, look, photo, sharedData, undo } from './__fixtures__/conversations.ts';

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

it('a picture that is only looked at is not what the person goes on with, unless it is the first', async () => {
  const workshop = data.process().of(caller('looking'));
  const [first, second] = await Promise.all(['two-cups.png', 'coffee.png'].map(photo));
  if (!first || !second) throw new Error('There are two.');
  const { id, isCurrent } = await workshop.takeBytes(first, { makeCurrent: false });
  expect(isCurrent).toBe(true);
  const other = await workshop.takeBytes(second, { makeCurrent: false });
  expect(other.isCurrent).toBe(false);
  expect((await look(workshop, other.id)).session).toBe('looking');
  expect(await currentIn(workshop, 'looking')).toBe(id);
  expect((await workshop.takeBytes(second)).isCurrent).toBe(true);
  expect(await currentIn(workshop, 'looking')).toBe(other.id);
});

it('looking at a picture of another session by its id leaves the own one as it is', async () => {
  const workshop = data.process().of(caller('own'));
  const { id } = await workshop.takeBytes(await photo('coffee.png'));
  const stranger = data.process().of(caller('stranger'));
  const { id: theirs } = await stranger.takeBytes(await photo('two-cups.png'));
  await look(workshop, theirs, { session: 'own' });
  expect(await currentIn(workshop, 'own')).toBe(id);
});

it('what a job is at work on is left alone, by other processes as well', async () => {
  const [a, b] = [data.process().of(caller('busy')), data.process().of(caller('other'))];
  const { id } = await a.takeBytes(await photo('two-cups.png'));
  const job = await a.jobs.start({ prompt: 'remove the cup', image: id });
  expect((await a.jobs.follow(job.id)).state).toBe('waiting');
  const coffee = await photo('coffee.png');
  for (const workshop of [a, b]) {
    const taken = await workshop.takeBytes(coffee, { session: 'busy' });
    expect(taken.isCurrent).toBe(false);
    expect(await workshop.picture(taken.id)).toMatchObject({ id: taken.id });
    await look(workshop, taken.id, { session: 'busy' });
    expect(await currentIn(workshop, 'busy')).toBe(id);
    await expect(brighten(workshop, id, { session: 'busy' })).rejects.toMatchObject({
      code: 'conflict',
      details: { job: job.id },
    });
  }
  await b.jobs.cancel(job.id);
  expect((await brighten(b, id, { session: 'busy' })).session).toBe('busy');
});
