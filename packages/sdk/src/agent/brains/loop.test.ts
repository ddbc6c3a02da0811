import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { memoryHistoryStore } from '../../history/memory-history-store.ts';
import { decodeImage } from '../../image/decode.ts';
import { places, squareBackend, squares } from '../__fixtures__/scripted.ts';
import { atelier } from '../atelier.ts';
import type { RunEvent } from '../events.ts';
import { type Answer, scriptedProvider } from './__fixtures__/scripted-provider.ts';
import { squareRoom } from './__fixtures__/square-room.ts';
import { isRecord, listIn, textIn, type Wire, type WireRequest, type WireResult } from './__fixtures__/wire.ts';
import { wires } from './__fixtures__/wires.ts';
import { openBrain } from './open-brain.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const image = await squares();
const room = await squareRoom();
const planned = { tool: 'plan', input: { steps: [removing('left'), removing('right')] } };
function removing(side: string) {
  return { tool: 'remove_object', target: `the ${side} red square`, message: `Removing the ${side} red square` };
}
const remove = (id: string, box: unknown) => ({ tool: 'remove_object', input: { image: id, box } });
const boxOf = (place: { x: number; y: number }) => ({ ...place, width: 16, height: 16 });
const detect = (phrase: string, id = image.id) => ({ tool: 'detect_objects', input: { image: id, phrases: [phrase] } });

/** What a tool's result says, however the wire wraps its text. */
function said(result: WireResult | undefined): Record<string, unknown> {
  const value: unknown = JSON.parse(result?.text ?? 'null');
  return isRecord(value) ? value : {};
}
const last = (request: WireRequest) => said(request.results.at(-1));

/** A session with the provider behind it, and all that can be looked at afterwards. */
async function start(wire: Wire, script: (request: WireRequest, call: number) => Answer, picture = image) {
  const provider = scriptedProvider(wire, script);
  server.use(provider.handler);
  const history = memoryHistoryStore();
  const brain = await openBrain(wire.brain, { env: wire.env });
  const studio = atelier({ backends: [squareBackend()], brain, history });
  const session = studio.session({ id: 'room', image: picture });
  const run = (prompt: string) => {
    const { events, result } = session.run(prompt);
    return { result, events: collect(events) };
  };
  const stored = async () => JSON.stringify(await history.load('default', 'room'));
  return { provider, session, run, stored };
}

async function collect(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

const base64 = /[A-Za-z0-9+/]{400}/;

describe.each(wires)('a whole session with $name', (wire) => {
  it('plans, looks twice at once, edits one after the other, and answers', async () => {
    const { provider, run, stored } = await start(wire, (request, call): Answer => {
      if (call === 0) return { thought: 'Two squares.', calls: [planned] };
      if (call === 1) return { thought: 'Look.', calls: [detect('red square'), detect('blue square')] };
      if (call === 2) return { calls: [remove(image.id, listIn(said(request.results[1]), 'detections')[0]?.box)] };
      if (call === 3) return { calls: [remove(textIn(last(request), 'image'), boxOf(places.right))] };
      return { text: 'Both red squares are gone.' };
    });
    const { result, events } = run('remove the red squares');
    const { answer, edits, verified, image: after } = await result;
    expect({ answer, verified, edits: edits.length }).toEqual({
      answer: 'Both red squares are gone.',
      verified: true,
      edits: 2,
    });
    const pixel = (x: number, y: number) => {
      const at = (y * image.width + x) * 4;
      return [...(after?.data.subarray(at, at + 3) ?? [])];
    };
    expect([pixel(20, 20), pixel(88, 20), pixel(56, 60)]).toEqual([
      [200, 200, 200],
      [200, 200, 200],
      [20, 20, 220],
    ]);
    expect(provider.calls).toHaveLength(5);
    expect(provider.calls.map(({ forcedTool }) => forcedTool)).toEqual(['plan', ...Array(4).fill(undefined)]);
    expect(provider.calls[0]?.instructions).toContain('PLAN FIRST');
    // Each call is answered under its own id, parallel ones in their order.
    expect(provider.calls[4]?.results.map(({ call }) => call)).toEqual([
      'call_0_0',
      'call_1_0',
      'call_1_1',
      'call_2_0',
      'call_3_0',
    ]);
    expect(listIn(said(provider.calls[2]?.results[1]), 'detections')).toHaveLength(2);
    expect(listIn(said(provider.calls[2]?.results[2]), 'detections')).toHaveLength(1);
    const text = (await events).flatMap((event) => (event.status === 'token' ? event.text : [])).join('');
    expect(text).toBe(answer);
    for (const kept of [await stored(), JSON.stringify(await events)]) {
      expect(kept).not.toMatch(base64);
      expect(kept).not.toContain(wire.key);
    }
  });

  it('is shown small pictures, in their places, and none before it has planned', async () => {
    const { provider, run } = await start(
      wire,
      (_request, call): Answer => {
        if (call === 0) return { calls: [planned] };
        if (call === 1)
          return {
            calls: [
              detect('red square', room.id),
              { tool: 'segment_object', input: { image: room.id, box: boxOf(places.left) } },
            ],
          };
        if (call === 2) return { calls: [remove(room.id, boxOf(places.left))] };
        return { text: 'Done.' };
      },
      room,
    );
    await run('remove the left red square').result;
    const [plan, look, cut, end] = provider.calls;
    expect(plan?.pictures).toHaveLength(0);
    expect(look?.pictures).toHaveLength(1);
    expect(cut?.results.map(({ pictures }) => pictures.length)).toEqual([0, 1, 1]);
    expect(end?.results.map(({ pictures }) => pictures.length)).toEqual([0, 1, 1, 1]);
    for (const bytes of [...(look?.pictures ?? []), ...(end?.results.flatMap(({ pictures }) => pictures) ?? [])]) {
      expect(bytes.length).toBeLessThanOrEqual(256 * 1024);
      const { width, height } = await decodeImage(bytes);
      expect({ width, height }).toEqual({ width: 768, height: 576 });
    }
    // Pictures are nowhere else, least of all as text.
    for (const { text } of end?.results ?? []) expect(text).not.toMatch(base64);
    for (const text of end?.said ?? []) expect(text).not.toMatch(base64);
  });

  it('goes on in a second run from words alone: earlier pictures are not sent again', async () => {
    const { provider, run } = await start(wire, (_request, call): Answer => {
      if (call === 0 || call === 3) return { calls: [planned] };
      if (call === 1) return { calls: [remove(image.id, boxOf(places.left))] };
      return { text: 'Done.' };
    });
    await run('remove the left red square').result;
    await run('and the right one?').result;
    const [, , , replan, end] = provider.calls;
    expect(replan?.said.join(' ')).toContain('remove the left red square');
    expect([...(replan?.pictures ?? []), ...(replan?.results.flatMap(({ pictures }) => pictures) ?? [])]).toEqual([]);
    expect(end?.results.flatMap(({ pictures }) => pictures)).toEqual([]);
    expect(end?.pictures).toHaveLength(1);
  });

  it('waits as long as a busy provider says, then goes on', async () => {
    const { provider, run } = await start(wire, (_request, call): Answer => {
      if (call === 0) return { status: 429, message: 'Slow down.', headers: { 'retry-after': '1' } };
      return call === 1 ? { calls: [planned] } : { text: 'Nothing to do.' };
    });
    await expect(run('go').result).resolves.toMatchObject({ answer: 'Nothing to do.' });
    const [first, second] = provider.calls;
    const waited = (second?.at ?? 0) - (first?.at ?? 0);
    expect(waited).toBeGreaterThanOrEqual(990);
    expect(waited).toBeLessThan(1900);
  });

  it('does not wait for hours, and says how long it would have been', async () => {
    const { provider, run } = await start(wire, () => ({
      status: 429,
      message: 'Quota.',
      headers: { 'retry-after': '7200' },
    }));
    await expect(run('go').result).rejects.toMatchObject({
      code: 'brain-failed',
      isRetryable: true,
      hint: expect.stringContaining('7200 s'),
      details: { status: 429, retryAfterSeconds: 7200 },
    });
    expect(provider.calls).toHaveLength(1);
  });

  it('keeps keys out of errors, events and what is stored, also where the provider repeats them', async () => {
    const { run, stored } = await start(wire, () => ({
      status: 401,
      message: `Incorrect API key: ${wire.key}. Was: ${wire.key}`,
    }));
    const { result, events } = run('go');
    const error = await result.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({
      code: 'brain-failed',
      isRetryable: false,
      hint: expect.stringContaining('key'),
      details: { status: 401 },
    });
    const shown = [
      String(error),
      JSON.stringify(error),
      inspectDeep(error),
      JSON.stringify(await events),
      await stored(),
    ];
    for (const text of shown) expect(text).not.toContain(wire.key);
    expect(shown[0]).toContain('[key]');
  });

  it('mends a badly written call, and lets the brain call again where that would take guessing', async () => {
    const { provider, run } = await start(wire, (request, call): Answer => {
      if (call === 0) return { calls: [{ tool: 'plan', input: { steps: [removing('left')] } }] };
      // Gemini's wire carries objects only; the others' carry text, which may be broken.
      const fenced = `\`\`\`json\n{image: '${image.id}', "phrases": ["red square",]}\n\`\`\``;
      const input = wire.name === 'Gemini' ? { image: image.id, phrases: 'red square' } : fenced;
      if (call === 1) return { calls: [{ tool: 'detect_objects', input }] };
      if (call === 2) return { calls: [{ tool: 'remove_object', input: { image: 'the picture', box: 'left' } }] };
      if (call === 3) return { calls: [remove(image.id, listIn(said(request.results[1]), 'detections')[0]?.box)] };
      return { text: 'Done.' };
    });
    await expect(run('remove the left red square').result).resolves.toMatchObject({ answer: 'Done.', verified: true });
    expect(listIn(said(provider.calls[2]?.results[1]), 'detections')).toHaveLength(2);
    // It is told what was wrong, and nothing was edited by the bad call.
    expect(provider.calls[3]?.results[2]?.text).toMatch(/remove_object/);
    expect(said(provider.calls[4]?.results[3])).toMatchObject({ edit: expect.any(String) });
  });

  it('ends with the words of a refusal', async () => {
    const words = 'I cannot help with removing this.';
    const { run, session } = await start(wire, () => ({ refusal: words }));
    const { result, events } = run('remove the left red square');
    await expect(result).rejects.toMatchObject({
      code: 'brain-failed',
      message: expect.stringContaining(words),
      details: { reason: 'refused', text: words },
    });
    expect((await events).at(-1)).toMatchObject({ status: 'failure', edits: [], outputImage: null });
    expect((await session.image())?.id).toBe(image.id);
  });
});

/** Everything that a logger could print of an error, causes included. */
function inspectDeep(error: unknown, depth = 0): string {
  if (depth > 6 || typeof error !== 'object' || error === null) return String(error);
  const names = Object.getOwnPropertyNames(error);
  return names.map((name) => `${name}=${inspectDeep(Reflect.get(error, name), depth + 1)}`).join('\n');
}
