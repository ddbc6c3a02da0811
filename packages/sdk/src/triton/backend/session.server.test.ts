import { afterAll, expect, inject, it } from 'vitest';
import { scriptedBrain, type Turn } from '../../agent/__fixtures__/scripted.ts';
import { atelier } from '../../agent/atelier.ts';
import { isStored, type RunEvent } from '../../agent/events.ts';
import { squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { countChangedOutside } from '../../image/composite.ts';
import { triton } from './triton.ts';

const { url, grpcUrl } = inject('triton');
const backend = triton({ url, grpcUrl, steps: 5 });
afterAll(() => backend.close());

const image = await squaresOn(240, 180, [
  { colour: 'red', x: 30, y: 40, side: 50 },
  { colour: 'red', x: 150, y: 90, side: 36 },
  { colour: 'green', x: 160, y: 20, side: 40 },
]);

/** Looks, cuts out what it found, repaints that, and reports what came back: every id is read from the tools' results. */
const brain = scriptedBrain((call, { prompt }): Turn => {
  const results = prompt.flatMap((message) => (message.role === 'tool' ? message.content : []));
  const last = JSON.stringify(results.at(-1));
  const maskId = /mask_[0-9a-f]{32}/.exec(last)?.[0];
  const steps = ['detect_objects', 'segment_object', 'inpaint_image'].map((tool) => ({ tool, message: tool }));
  const phrase = 'the red square on the left';
  if (call === 0) return [{ tool: 'plan', input: { steps } }];
  if (call === 1) return [{ tool: 'detect_objects', input: { image: image.id, phrases: [phrase] } }];
  if (call === 2) return [{ tool: 'segment_object', input: { image: image.id, phrase } }];
  if (call === 3)
    return [{ tool: 'inpaint_image', input: { image: image.id, mask: maskId, prompt: 'a blue circle', seed: 4 } }];
  return /ok\W+true/.test(last) ? 'The red square is a blue circle now.' : 'It did not work.';
});

it('replaces a thing in a whole session on a real server, and takes it back', async () => {
  const studio = atelier({ backends: [backend], brain });
  const session = studio.session({ image });
  const run = session.run('replace the red square on the left with a blue circle');
  const events: RunEvent[] = [];
  for await (const event of run.events) events.push(event);
  const result = await run.result;

  expect(result).toMatchObject({ answer: 'The red square is a blue circle now.', verified: true, changed: true });
  const finished = events
    .filter(isStored)
    .flatMap((event) => (event.status === 'progress' && event.state === 'finished' ? [event.stage] : []));
  expect(finished).toEqual(expect.arrayContaining(['detect', 'segment', 'inpaint']));

  const [edit] = result.edits;
  expect(edit.receipt).toMatchObject({
    backend: 'triton',
    model: 'sd3',
    prompt: 'a blue circle',
    changedOutsideMask: 0,
  });
  expect(edit.verified).toMatchObject({ ok: true, by: 'triton (owlv2)' });
  if (!result.image) throw new Error('no picture came back');
  const mask = await session.loadMask(edit.receipt.mask);
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const alpha = mask.data.map((bit) => bit * 255);
  const changed = await countChangedOutside(image, result.image.data, whole, whole, alpha);
  expect(changed.outside).toBe(0);
  expect(changed.inside).toBeGreaterThan(2_000);

  const seen = await studio.vision.detect(result.image, { phrases: ['red square', 'blue circle', 'green square'] });
  expect(seen.map(({ label }) => label).sort()).toEqual(['blue circle', 'green square', 'red square']);
  expect(seen.find(({ label }) => label === 'red square')?.box.x).toBe(150);

  expect((await session.undo(edit.id)).image.id).toBe(image.id);
  expect(await session.history()).toHaveLength(0);
});
