import { atelier, type QuestionAnswer } from '@atelier/sdk';
import { afterAll, expect, it } from 'vitest';
import { local, planner } from '../src/index.ts';
import { photo } from './photos.ts';

const studio = atelier({ backends: [local()], brain: planner() });
afterAll(() => studio.close());

it('a choice in one photograph changes nothing in another one, and is asked for again in the first', async () => {
  const session = studio.session({ image: photo('two-cups.png') });
  const first = await session.image();
  let asked = 0;
  const answer = async (): Promise<QuestionAnswer> => {
    asked++;
    return { choice: 1 };
  };
  const remove = (): Promise<unknown> => session.run('remove the cup', { answer }).result;
  await remove();
  expect(asked).toBe(1);

  const cat = await session.addImage(photo('chelsea.png'));
  await expect(session.run('remove the cup').result).rejects.toMatchObject({ code: 'no-match' });
  expect((await session.image())?.id).toBe(cat.id);

  await session.addImage(photo('two-cups.png'));
  expect((await session.image())?.id).toBe(first?.id);
  await remove();
  expect(asked).toBe(2);
});
