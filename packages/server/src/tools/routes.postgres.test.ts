import { local } from '@atelier/local';
import type { Detection } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { formWith, jsonOf, openTestApp, photo, type TestApp } from '../images/__fixtures__/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(inject('postgres'), [local({ threads: 1 })]);
});
afterAll(() => test?.close());

const upload = async (name: string): Promise<string> =>
  (await jsonOf(await test.ask('/images', { method: 'POST', body: formWith(await photo(name)) }))).id;

interface Outcome {
  readonly session: string;
  readonly output: {
    readonly image: string;
    readonly edit: string;
    readonly detections: readonly Detection[];
    readonly needs?: 'choice';
    readonly candidates: readonly { readonly number: number }[];
    readonly overlay: string;
    readonly undone: string;
  };
}

const call = (tool: string, input: object, more: object = {}, tenant: 'one' | 'two' = 'one') =>
  test.post(`/tools/${tool}`, { input, ...more }, { tenant });
const outcome = async (tool: string, input: object, more: object = {}): Promise<Outcome> => {
  const response = await call(tool, input, more);
  const answer = await jsonOf<Outcome & { error?: unknown }>(response);
  expect(answer.error).toBeUndefined();
  expect(response.status).toBe(200);
  return answer;
};
const brighten = (image: string) => ({ image, operation: 'brighten', region: 'everything' });

describe('POST /tools', () => {
  it('calls the tools of the agent, and goes on where the picture or the edit was last seen', async () => {
    const image = await upload('coffee.png');
    const found = await outcome('detect_objects', { image, phrases: ['cup'] });
    expect(found.output.detections).toMatchObject([{ label: 'cup' }]);
    const edited = await outcome('adjust_image', brighten(image));
    expect(edited.session).toBe(found.session);
    const again = await outcome('adjust_image', { ...brighten(edited.output.image), operation: 'desaturate' });
    expect(again.session).toBe(found.session);
    const history = await jsonOf<{ head: string; nodes: { id: string; parent: string | null }[] }>(
      await test.ask(`/sessions/${found.session}/history`),
    );
    expect(history).toMatchObject({
      head: again.output.edit,
      nodes: [
        { id: edited.output.edit, parent: null },
        { id: again.output.edit, parent: edited.output.edit },
      ],
    });
    const undone = await outcome('undo_edit', { edit: edited.output.edit });
    expect(undone).toMatchObject({ session: found.session, output: { undone: edited.output.edit } });
  });
});
