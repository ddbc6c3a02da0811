import { join } from 'node:path';
import { local } from '@atelier/local';
import { atelier, type PlannedToolName, type Session, type Studio } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createMcpApp } from '../../app.ts';
import { inProcessWorkshops } from '../in-process/in-process-workshops.ts';
import type { Principal, Workshops } from '../workshop.ts';
import { type OpenApi, openApi, photo, photos } from './__fixtures__/open-api.ts';
import { agentApiWorkshops } from './agent-api-workshops.ts';

// The same calls, one after the other, on the same photographs: whatever a caller comes through, the same comes out.

type Fields = Readonly<Record<string, unknown>>;

/** What a call came to: its output, or the code of its error. */
type Result = Fields | { readonly error: unknown };

interface Surface {
  /** Gives the surface a photograph, as a caller of this surface would. Its id. */
  load(name: string): Promise<string>;
  call(tool: PlannedToolName, input: Fields): Promise<Result>;
}

interface Call {
  readonly name: string;
  readonly tool: PlannedToolName;
  /** From what the calls before it came to, by their names. */
  readonly input: (made: Readonly<Record<string, Fields>>, pictures: Record<'coffee' | 'cups', string>) => Fields;
  /** What must come of it on any surface. */
  readonly expected: Result;
}

const box = { x: 165, y: 21, width: 245, height: 238 };
const verified = { ok: true, reason: expect.any(String), by: expect.any(String) };
const edited = { image: expect.any(String), edit: expect.any(String), changedOutsideMask: 0, verified };
const choice = { needs: 'choice', candidates: [{ number: 1 }, { number: 2 }], overlay: expect.any(String) };

const calls: readonly Call[] = [
  {
    name: 'detect',
    tool: 'detect_objects',
    input: (_, { cups }) => ({ image: cups, phrases: ['cup'] }),
    expected: { detections: [{ label: 'cup' }, { label: 'cup' }], overlay: expect.any(String) },
  },
  {
    name: 'ask',
    tool: 'ask_image',
    input: (_, { coffee }) => ({ image: coffee, question: 'How many cups are there?' }),
    expected: { answer: expect.stringMatching(/one|1/i) },
  },
  {
    name: 'segment by phrase',
    tool: 'segment_object',
    input: (_, { coffee }) => ({ image: coffee, phrase: 'the cup' }),
    expected: { mask: expect.any(String), things: [{ label: 'cup' }] },
  },
  {
    name: 'segment by box',
    tool: 'segment_object',
    input: (_, { coffee }) => ({ image: coffee, box }),
    expected: { mask: expect.any(String), things: [] },
  },
  {
    name: 'segment by points',
    tool: 'segment_object',
    input: (_, { coffee }) => ({ image: coffee, points: [{ x: 280, y: 140, positive: true }] }),
    expected: { mask: expect.any(String) },
  },
  {
    name: 'adjust through a mask',
    tool: 'adjust_image',
    input: (made, { coffee }) => ({
      image: coffee,
      operation: 'brighten',
      parameters: { amount: 0.2 },
      mask: made['segment by phrase']?.mask,
    }),
    expected: edited,
  },
  {
    name: 'remove with a seed, on top of it',
    tool: 'remove_object',
    input: (made) => ({ image: made['adjust through a mask']?.image, box, seed: 7 }),
    expected: { image: expect.any(String), edit: expect.any(String), changedOutsideMask: 0 },
  },
  {
    name: 'undo the first of them',
    tool: 'undo_edit',
    input: (made) => ({ edit: made['adjust through a mask']?.edit }),
    expected: { undone: expect.any(String), replayed: [expect.any(String)] },
  },
  {
    name: 'undo what is left, with all after it',
    tool: 'undo_edit',
    input: (made) => ({
      edit: Array.isArray(made['undo the first of them']?.replayed) ? made['undo the first of them'].replayed[0] : '',
      later: 'drop',
    }),
    expected: { replayed: [] },
  },
  {
    name: 'which one to cut out',
    tool: 'segment_object',
    input: (_, { cups }) => ({ image: cups, phrase: 'the cup' }),
    expected: { ...choice, reason: 'ambiguous' },
  },
  {
    name: 'which one to remove',
    tool: 'remove_object',
    input: (_, { cups }) => ({ image: cups, phrase: 'the cup' }),
    expected: choice,
  },
  {
    name: 'the one that was chosen',
    tool: 'adjust_image',
    input: (_, { cups }) => ({
      image: cups,
      phrase: 'the cup',
      choice: 2,
      operation: 'recolour',
      parameters: { colour: 'blue' },
    }),
    expected: { ...edited, label: 'cup' },
  },
  {
    name: 'a choice that was not offered',
    tool: 'segment_object',
    input: (_, { cups }) => ({ image: cups, phrase: 'the cup', choice: 7 }),
    expected: { error: 'invalid-input' },
  },
  {
    name: 'words that nobody here knows',
    tool: 'detect_objects',
    input: (_, { coffee }) => ({ image: coffee, phrases: ['xylophone'] }),
    expected: { error: 'phrase-unknown' },
  },
  {
    name: 'a thing that is not there',
    tool: 'remove_object',
    input: (_, { coffee }) => ({ image: coffee, phrase: 'the face' }),
    expected: { needs: 'choice', reason: 'no-match' },
  },
  {
    name: 'parameters that are none',
    tool: 'adjust_image',
    input: (_, { coffee }) => ({ image: coffee, operation: 'fill', parameters: { colour: 3 }, region: 'everything' }),
    expected: { error: 'invalid-input' },
  },
  {
    name: 'a picture that is not there',
    tool: 'ask_image',
    input: () => ({ image: `img_${'0'.repeat(32)}`, question: 'What is it?' }),
    expected: { error: 'not-found' },
  },
  {
    name: 'a mask that is not there',
    tool: 'adjust_image',
    input: (_, { coffee }) => ({ image: coffee, operation: 'brighten', mask: `mask_${'0'.repeat(32)}` }),
    expected: { error: 'not-found' },
  },
  {
    name: 'an edit that is not there',
    tool: 'undo_edit',
    input: () => ({ edit: `edit_${'0'.repeat(32)}` }),
    expected: { error: 'not-found' },
  },
  {
    name: 'what nobody here can do',
    tool: 'inpaint_image',
    input: (_, { coffee }) => ({ image: coffee, box, prompt: 'a cat' }),
    expected: { error: 'capability-unavailable' },
  },
  {
    name: 'a new picture, which nobody here can paint',
    tool: 'generate_image',
    input: () => ({ prompt: 'a red bicycle' }),
    expected: { error: 'capability-unavailable' },
  },
];

const failed = (error: unknown): Result => {
  if (!AtelierError.isInstance(error)) throw error;
  return { error: error.code };
};

/** The method of a session. */
function sdkMethod(session: Session): Surface {
  return {
    load: async (name) => (await session.addImage(await photo(name))).id,
    // Each call's input is one that this very tool takes, or is refused by it.
    call: (tool, input) => session.call(tool, input as never).then((output: Fields) => output, failed),
  };
}

/** The tools of the AI SDK, as its loops run them. */
function aiSdkTool(studio: Studio): Surface {
  const session = studio.session();
  const tools = studio.tools({ session });
  return {
    load: async (name) => (await session.addImage(await photo(name))).id,
    async call(tool, input) {
      try {
        const execute = tools[tool]?.execute;
        if (!execute) throw new Error(`There is no tool ${tool}.`);
        return await execute(input, { toolCallId: 'call', messages: [], context: undefined });
      } catch (error) {
        return failed(error instanceof Error ? error.cause : error);
      }
    },
  };
}

/** The HTTP API as any language calls it: without our client, naming no session. */
function httpApi({ url, keys }: OpenApi): Surface {
  const post = async (path: string, headers: Record<string, string>, body: string | Uint8Array<ArrayBuffer>) => {
    const authorization = `Bearer ${keys.two}`;
    const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { authorization, ...headers }, body });
    // The test compares what is in it.
    return (await answer.json()) as { id: string; output: Fields; error?: { code: string } };
  };
  return {
    load: async (name) =>
      (await post('/images', { 'content-type': 'image/png' }, new Uint8Array(await photo(name)))).id,
    async call(tool, input) {
      const json = { 'content-type': 'application/json' };
      const { output, error } = await post(`/tools/${tool}`, json, JSON.stringify({ input }));
      return error ? { error: error.code } : output;
    },
  };
}

/** The tools of the MCP server, as a host without a person calls them. */
async function mcpTool(workshops: Workshops, principal: Principal): Promise<Surface & { close(): Promise<void> }> {
  const app = createMcpApp({ workshops, roots: [photos] });
  const [mine, theirs] = InMemoryTransport.createLinkedPair();
  await app.makeServer({ principal, era: 'legacy', lifetime: 'connection' }).connect(theirs);
  const client = new Client({ name: 'host', version: '1.0.0' });
  await client.connect(mine);
  const call: Surface['call'] = async (name, input) => {
    const { isError, structuredContent, _meta } = await client.callTool({ name, arguments: { ...input } });
    const error: unknown = Object(_meta?.['atelier/error']).code;
    return isError ? { error } : { ...Object(structuredContent) };
  };
  return {
    call,
    load: async (name) => {
      const loaded = await call('load_image', { source: join(photos, name) });
      return 'image' in loaded ? String(loaded.image) : 'none';
    },
    async close() {
      await client.close();
      await app.close();
    },
  };
}

/** All calls of the table on one surface, by their names. */
async function play(surface: Surface): Promise<Readonly<Record<string, Fields>>> {
  const pictures = { coffee: await surface.load('coffee.png'), cups: await surface.load('two-cups.png') };
  const made: Record<string, Fields> = { pictures };
  for (const { name, tool, input } of calls) made[name] = await surface.call(tool, input(made, pictures));
  return made;
}

describe('the same calls', () => {
  const studio = atelier({ backends: [local()] });
  const surfaces: Record<string, Surface> = {};
  const closing: (() => Promise<void>)[] = [];
  let wanted: Readonly<Record<string, Fields>>;
  beforeAll(async () => {
    const api = await openApi(inject('postgres'));
    const principal: Principal = { scope: 'default', may: { look: true, edit: true }, session: 'desk' };
    const here = await mcpTool(inProcessWorkshops({ studio: async () => studio, approve: 'never' }), principal);
    const there = await mcpTool(agentApiWorkshops({ url: api.url, key: api.keys.one }), principal);
    closing.push(here.close, there.close, api.close);
    surfaces['the AI SDK'] = aiSdkTool(studio.with({ scope: 'ai-sdk' }));
    surfaces['the MCP server'] = here;
    surfaces['the HTTP API'] = httpApi(api);
    surfaces['the MCP server behind the HTTP API'] = there;
    wanted = await play(sdkMethod(studio.with({ scope: 'sdk' }).session()));
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });

  it.each(calls.map(({ name, expected }) => [name, expected] as const))('do what they are to: %s', (name, expected) => {
    expect(wanted[name]).toMatchObject(expected);
  });

  it.each(['the AI SDK', 'the MCP server', 'the HTTP API', 'the MCP server behind the HTTP API'])(
    'come to the same through %s',
    async (name) => {
      const surface = surfaces[name];
      if (!surface) throw new Error(`There is no surface ${name}.`);
      expect(await play(surface)).toEqual(wanted);
    },
  );
});
