import { readFile } from 'node:fs/promises';
import { local, planner } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { readImageBytes } from '@atelier/sdk/image';
import { afterAll, describe, expect, it } from 'vitest';
import { publicError } from './errors.ts';

const studio = atelier({ backends: [local({ threads: 1 })], brain: planner(), roots: [] });
afterAll(() => studio.close());

const photo = () => readFile(new URL('../../../../photos/coffee.png', import.meta.url));
const run = (prompt: string) => studio.session().run(prompt).result;

async function undoneTwice(): Promise<unknown> {
  const session = studio.session({ image: await photo() });
  const { id: image = '' } = (await session.image()) ?? {};
  await session.call('adjust_image', { image, operation: 'brighten', region: 'everything' });
  await session.undo();
  return session.undo();
}

/** What really goes wrong, so that other words of the SDK fail here. */
describe('what the SDK says of itself is said in words of the API', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['an edit that is not there', () => studio.session().goTo('edit_0'), /GET \/sessions\/ID\/history/],
    ['a second undo', undoneTwice, /GET \/sessions\/ID\/history/],
    ['a file', () => readImageBytes('/etc/hostname', { roots: [] }), /POST \/images/],
    ['the web', () => readImageBytes('http://a.example/x.png', {}), /ATELIER_IMAGE_HOSTS/],
    ['another host', () => readImageBytes('http://a.example/x.png', { urls: () => false }), /ATELIER_IMAGE_HOSTS/],
    ['what nobody can', () => studio.vision.generate({ prompt: 'a cat' }), /--backend of atelier serve/],
    ['a request without a picture', () => run('remove the cup'), /POST \/agent\/invoke/],
    ['the same in Korean', () => run('컵을 지워 줘'), /POST \/agent\/invoke/],
    ['a file in a prompt', () => run('open photos/coffee.png'), /POST \/agent\/invoke/],
  ])('%s', async (_what, fail, words) => {
    const thrown = await fail().catch((cause: unknown) => cause);
    if (!AtelierError.isInstance(thrown)) throw new Error('It must be refused.', { cause: thrown });
    const { hint = '', message } = publicError(thrown);
    expect(hint).toMatch(words);
    expect(`${message} ${hint}`).not.toMatch(
      /session\.\w|allowed folder|in the settings|--root|open photos|photos\/cup/,
    );
  });
});
