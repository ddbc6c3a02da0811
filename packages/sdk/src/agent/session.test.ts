import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText, isStepCount } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileAssetStore } from '../assets/file-asset-store.ts';
import { fileHistoryStore } from '../history/file-history-store.ts';
import { encodeImage } from '../image/encode.ts';
import { places, scriptedBrain, squareBackend, squares } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-session-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const image = await squares();
const boxAt = (place: keyof typeof places) => ({ ...places[place], width: 16, height: 16 });
const onFiles = (name: string, brain = scriptedBrain([])) =>
  atelier({
    backends: [squareBackend()],
    brain,
    assets: fileAssetStore(join(folder, name, 'assets')),
    history: fileHistoryStore(join(folder, name, 'sessions')),
  });

describe('the tools of a session', () => {
  it('keep every edit when a brain calls several at once', async () => {
    const session = onFiles('parallel').session({ image });
    const call = (place: keyof typeof places) => ({
      tool: 'remove_object',
      input: { image: image.id, box: boxAt(place) },
    });
    const brain = scriptedBrain([[call('left'), call('right'), call('below')], 'Done.']);
    const tools = onFiles('parallel').tools({ session });
    await session.image();
    const { steps } = await generateText({ model: brain, tools, prompt: 'go', stopWhen: isStepCount(3) });
    const made = steps[0].toolResults.map(({ output }) => Object(output).edit);
    expect(new Set(made).size).toBe(3);
    const stored = await fileHistoryStore(join(folder, 'parallel', 'sessions')).load('default', session.id);
    expect(stored?.edits.map(({ id }) => id).sort()).toEqual(made.sort());
  });

  it('are typed, checked and worded for programs', async () => {
    const session = onFiles('typed').session({ image });
    const { detections } = await session.call('detect_objects', { image: image.id, phrases: ['the left red square'] });
    expect(detections).toMatchObject([{ label: 'red square', box: { x: 12, y: 12 } }]);
    const wrong = { image: image.id, box: { x: 1, y: 1, width: -1, height: 2 } };
    await expect(session.call('remove_object', wrong)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('tell a brain the whole error', async () => {
    const session = onFiles('errors').session({ image });
    const brain = scriptedBrain([
      [{ tool: 'adjust_image', input: { image: `img_${'0'.repeat(32)}`, operation: 'blur', region: 'everything' } }],
      'I see.',
    ]);
    const tools = onFiles('errors').tools({ session });
    const { responseMessages } = await generateText({ model: brain, tools, prompt: 'go', stopWhen: isStepCount(3) });
    expect(JSON.stringify(responseMessages)).toContain('not-found');
  });
});

describe('a session', () => {
  it('takes over what another one of the same id has changed', async () => {
    const first = onFiles('shared').session({ id: 'one', image });
    await first.image();
    const second = onFiles('shared').session({ id: 'one' });
    await second.image();
    const edit = await first.call('remove_object', { image: image.id, box: boxAt('left') });
    const output = await second.call('remove_object', { image: image.id, box: boxAt('right') });
    expect(await first.history()).toHaveLength(1);
    expect((await second.image())?.id).toBe('image' in output ? output.image : '');
    expect((await first.image())?.id).toBe('image' in output ? output.image : '');
    if ('edit' in edit) await expect(second.undo(edit.edit)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not go back when it is opened again with its first picture', async () => {
    const first = onFiles('again').session({ id: 'two', image });
    const output = await first.call('remove_object', { image: image.id, box: boxAt('left') });
    const again = onFiles('again').session({ id: 'two', image });
    expect((await again.image())?.id).toBe('image' in output ? output.image : '');
  });

  it('does not go back when a conversation is sent whole again', async () => {
    const studio = onFiles('whole');
    const session = studio.session();
    const { bytes } = await encodeImage(image, { format: 'png' });
    const messages = [
      { role: 'user' as const, content: [{ type: 'file' as const, mediaType: 'image/png', data: bytes }] },
    ];
    await studio.prepareMessages(messages, { session });
    const output = await session.call('remove_object', { image: image.id, box: boxAt('left') });
    const prepared = await studio.prepareMessages(messages, { session });
    expect(JSON.stringify(prepared)).toContain(image.id);
    expect((await session.image())?.id).toBe('image' in output ? output.image : '');
    expect((await session.undo()).image.id).toBe(image.id);
  });

  it('undoes an edit once, the later ones with it, and never what is not there', async () => {
    const session = onFiles('undo').session({ image });
    const first = await session.call('remove_object', { image: image.id, box: boxAt('left') });
    if (!('edit' in first)) throw new Error('no edit');
    const second = await session.call('remove_object', { image: first.image, box: boxAt('right') });
    expect(await session.history()).toHaveLength(2);
    expect((await session.undo(first.edit, { later: 'drop' })).image.id).toBe(image.id);
    expect((await session.undo(first.edit)).image.id).toBe(image.id);
    expect(await session.history()).toEqual([]);
    await expect(session.undo()).rejects.toMatchObject({ code: 'not-found' });
    await expect(session.undo('edit_nothing')).rejects.toMatchObject({ code: 'not-found' });
    if ('edit' in second) await expect(session.undo(second.edit)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not take an undone edit back with a later one', async () => {
    const session = onFiles('parents').session({ image });
    await session.call('remove_object', { image: image.id, box: boxAt('left') });
    await session.undo();
    await session.call('remove_object', { image: image.id, box: boxAt('right') });
    expect(await session.history()).toHaveLength(1);
  });

  it('gives the agent of the AI SDK its pictures, always the same agent', async () => {
    const brain = scriptedBrain((call) => (call === 0 ? [{ tool: 'plan', input: { steps: [] } }] : 'Hello.'));
    const studio = onFiles('agent', brain);
    expect(studio.agent).toBe(studio.agent);
    const { bytes } = await encodeImage(image, { format: 'png' });
    await studio.prepareMessages([{ role: 'user', content: [{ type: 'file', mediaType: 'image/png', data: bytes }] }]);
    await studio.agent.generate({ prompt: 'hello' });
    expect(JSON.stringify(brain.doGenerateCalls[0] ?? brain.doStreamCalls[0])).toContain(
      `${image.id} 120x80 (current)`,
    );
  });
});
