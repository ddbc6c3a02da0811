import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { atelier, memoryAssetStore, memoryHistoryStore } from '@atelier/sdk';
import { generateText, isStepCount, type ModelMessage } from 'ai';
import { afterAll, describe, expect, it } from 'vitest';
import { local, planner } from '../src/index.ts';
import { photo } from './photos.ts';

const backend = local();
const studio = atelier({ backends: [backend], brain: planner() });
afterAll(() => studio.close());

const imageIds = (value: unknown): string[] => JSON.stringify(value).match(/img_[0-9a-f]{32}/g) ?? [];

describe('the tools in a loop of the AI SDK', () => {
  it('work on a picture that came in a message', async () => {
    const messages: ModelMessage[] = [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'make the cup blue' },
          { type: 'file', mediaType: 'image/png', data: new Uint8Array(await readFile(photo('coffee.png'))) },
        ],
      },
    ];
    const session = studio.session();
    const prepared = await studio.prepareMessages(messages, { session });
    const [original] = imageIds(prepared);
    expect(prepared[0].content).toHaveLength(3);
    expect(original).toBe((await session.image())?.id);

    const result = await generateText({
      model: planner(),
      tools: studio.tools({ session }),
      toolChoice: 'auto',
      stopWhen: isStepCount(8),
      prepareStep: ({ stepNumber }) => (stepNumber === 0 ? { toolChoice: { type: 'tool', toolName: 'plan' } } : {}),
      messages: prepared,
    });
    const used = result.steps.flatMap(({ toolCalls }) => toolCalls.map(({ toolName }) => toolName));
    expect(used).toEqual(['plan', 'detect_objects', 'segment_object', 'adjust_image']);
    expect((await session.image())?.id).not.toBe(original);
    expect((await session.history())[0]).toMatchObject({ tool: 'adjust_image', verified: { ok: true }, label: 'cup' });
  });

  it('never send pixels through the brain', async () => {
    const session = studio.session({ image: photo('coffee.png') });
    const { responseMessages } = await studioText(session, 'find the cup');
    expect(JSON.stringify(responseMessages).length).toBeLessThan(5000);
  });

  const studioText = (session: ReturnType<typeof studio.session>, prompt: string) =>
    session.image().then((image) =>
      generateText({
        model: planner(),
        tools: studio.tools({ session }),
        stopWhen: isStepCount(5),
        instructions: `Images in this session: ${image?.id} (current)`,
        prepareStep: ({ stepNumber }) => (stepNumber === 0 ? { toolChoice: { type: 'tool', toolName: 'plan' } } : {}),
        prompt,
      }),
    );

  it("answer by the studio's own agent", async () => {
    const { id } = await studio.vision.load(photo('coffee.png'));
    expect(id).toMatch(/^img_/);
    await studio.prepareMessages([
      { role: 'user', content: [{ type: 'image', image: new Uint8Array(await readFile(photo('two-cups.png'))) }] },
    ]);
    const messages = await studio.prepareMessages([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'how many cups are there?' },
          { type: 'file', mediaType: 'image', data: (await readFile(photo('two-cups.png'))).toString('base64') },
        ],
      },
    ]);
    const { text } = await studio.agent.generate({ messages });
    expect(text).toMatch(/2|two/i);
  });
});

describe('load_image', () => {
  it('reads nothing unless folders were allowed, and then only below them', async () => {
    const closed = studio.session();
    await expect(closed.run(`load ${photo('coffee.png')}`).result).rejects.toMatchObject({ code: 'not-allowed' });

    const open = atelier({ backends: [backend], brain: planner(), roots: [photo('.')] });
    const session = open.session();
    const { image } = await session.run(`load ${photo('coffee.png')}`).result;
    expect(image).toMatchObject({ width: 600, height: 400 });
    const outside = join(await mkdtemp(join(tmpdir(), 'atelier-outside-')), 'outside.png');
    await copyFile(photo('coffee.png'), outside);
    await expect(session.run(`load ${outside}`).result).rejects.toMatchObject({ code: 'not-allowed' });
    await expect(session.run(`load ${photo('../outside.png')}`).result).rejects.toMatchObject({ code: 'not-allowed' });
    await rm(dirname(outside), { recursive: true });
  });
});

describe('a session', () => {
  it('goes on under its id from shared stores, and is invisible in another scope', async () => {
    const stores = { assets: memoryAssetStore(), history: memoryHistoryStore() };
    const first = atelier({ backends: [backend], brain: planner(), ...stores });
    const begun = first.session({ image: photo('coffee.png') });
    const { image } = await begun.run('brighten the picture').result;

    const second = atelier({ backends: [backend], brain: planner(), ...stores });
    const again = second.session({ id: begun.id });
    expect((await again.image())?.id).toBe(image?.id);
    const { image: undone } = await again.run('undo').result;
    expect(undone?.id).toBe((await first.vision.load(photo('coffee.png'))).id);

    const foreign = atelier({ backends: [backend], brain: planner(), ...stores, scope: 'other' });
    expect(await foreign.session({ id: begun.id }).image()).toBeNull();
    await expect(foreign.vision.load(image?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says so when the picture is missing', async () => {
    const run = studio.session({ image: photo('nothing-here.png') }).run('remove the cup');
    await expect(run.result).rejects.toMatchObject({ code: 'not-found' });
  });
});
