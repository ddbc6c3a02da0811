import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHost, openWorkshops, photo } from '../tools/jobs/__fixtures__/calls.ts';
import type { McpCall, ToolReply } from '../tools/mcp-tool.ts';
import { toolResult } from './tool-result.ts';

const workshops = openWorkshops();
let call: McpCall;
let image: string;
beforeAll(async () => {
  const workshop = workshops.of({ scope: 'tests', may: { look: true, edit: true } });
  call = openHost(workshop).call();
  ({ id: image } = await workshop.takeBytes(await readFile(photo('coffee.png'))));
});
afterAll(() => workshops.close());

const found = (count: number) => ({
  detections: Array.from({ length: count }, (_, index) => ({
    label: 'cup',
    score: 1 - index / 1000,
    box: { x: index },
  })),
});

/** A result, with the bytes it takes and what hosts show that read `content` alone. */
async function resultOf(reply: ToolReply, resultBytes = call.settings.resultBytes) {
  const result = await toolResult(reply, { ...call, settings: { ...call.settings, resultBytes } });
  const [words] = result.content;
  const text = words?.type === 'text' ? words.text : '';
  const types = result.content.map(({ type }) => type);
  return { ...result, text, types, bytes: Buffer.byteLength(JSON.stringify(result)) };
}

describe('the text of a result', () => {
  it('is the whole output where that is short', async () => {
    const { text, structuredContent } = await resultOf({ output: found(20) });
    expect(JSON.parse(text)).toEqual(found(20));
    expect(structuredContent).toEqual(found(20));
  });

  it.each([600, 1200])('is JSON with the best of %i things found, and says how many are not in it', async (count) => {
    const { text, structuredContent } = await resultOf({ output: found(count) });
    const whole = found(count);
    expect(structuredContent).toEqual(whole);
    expect(Buffer.byteLength(JSON.stringify(whole))).toBeGreaterThan(24_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(24_000);
    const said: { detections: object[]; omitted: { detections: number } } = JSON.parse(text);
    expect(said.detections.length).toBeGreaterThan(300);
    expect(said.detections).toEqual(whole.detections.slice(0, said.detections.length));
    expect(said.omitted).toEqual({ detections: count - said.detections.length });
  });

  it('counts from the whole where the structured content is cut as well', async () => {
    const { text, structuredContent } = await resultOf({ output: found(10_000) });
    for (const said of [JSON.parse(text), structuredContent]) {
      expect(said.detections.length + said.omitted.detections).toBe(10_000);
    }
  });
});

describe('a result takes no more than it may', () => {
  const most = 64 * 1024;
  const nasty = '"\\\n\u0001';

  it.each([
    ['an answer without end', { answer: 'word '.repeat(100_000) }],
    ['one of quotes and signs that are escaped', { answer: nasty.repeat(50_000) }],
    ['one in Korean', { answer: '컵'.repeat(100_000), notDone: ['x'.repeat(100_000)] }],
  ])('%s', async (_, output) => {
    const reply = { output: { state: 'succeeded', ...output }, pictures: [{ id: image, title: 'The picture' }] };
    const { bytes, structuredContent, text, types } = await resultOf(reply, most);
    expect(bytes).toBeLessThanOrEqual(most);
    expect(types).toEqual(['text', 'image', 'resource_link']);
    for (const said of [structuredContent, JSON.parse(text)]) {
      expect(said).toMatchObject({ state: 'succeeded', omitted: { answer: expect.any(Number) } });
    }
  });

  it('with links: those to masks are the first left out', async () => {
    const masks = Array.from({ length: 1000 }, (_, index) => `mask_${String(index).padStart(32, '0')}`);
    const pictures = [{ id: image, title: 'The picture' }];
    const reply = {
      output: { masks },
      pictures,
      masks,
      advice: nasty.repeat(10_000),
      meta: { more: 'x'.repeat(4000) },
    };
    const { bytes, content } = await resultOf(reply, most);
    expect(bytes).toBeLessThanOrEqual(most);
    const links = content.flatMap((block) => (block.type === 'resource_link' ? [block.name] : []));
    expect(links.slice(0, 2)).toEqual([`${image}.png`, `${masks[0]}.json`]);
    expect(links.length).toBeGreaterThan(20);
  });
});
