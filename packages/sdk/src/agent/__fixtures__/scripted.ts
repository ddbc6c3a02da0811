import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { MockLanguageModelV4 } from 'ai/test';
import type { Backend } from '../../capabilities/capability.ts';
import { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import { CollectedStream } from '../collected-stream.ts';

/** What a brain does at one of its calls: calls tools, or says something and stops. */
export type Turn = readonly { readonly tool: string; readonly input: unknown }[] | string | Error;

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** A brain that follows a script: its turns, or a function of what it was sent. Faults are errors in the script. */
export function scriptedBrain(script: readonly Turn[] | ((call: number, options: LanguageModelV4CallOptions) => Turn)) {
  let call = 0;
  const next = (options: LanguageModelV4CallOptions): LanguageModelV4StreamPart[] => {
    const number = call++;
    const turn = typeof script === 'function' ? script(number, options) : (script[number] ?? 'I am done.');
    if (turn instanceof Error) throw turn;
    return partsOf(turn, number);
  };
  return new MockLanguageModelV4({
    doStream: async (options) => ({ stream: ReadableStream.from(next(options)) }),
    doGenerate: async (options) => {
      const collected = new CollectedStream();
      for (const part of next(options)) collected.add(part);
      return collected.result;
    },
  });
}

function partsOf(turn: Exclude<Turn, Error>, number: number): LanguageModelV4StreamPart[] {
  if (typeof turn === 'string') {
    return [
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: turn },
      { type: 'text-end', id: 't' },
      { type: 'finish', usage, finishReason: { unified: 'stop', raw: 'stop' } },
    ];
  }
  const calls = turn.map(({ tool, input }, index) => ({
    type: 'tool-call' as const,
    toolCallId: `call_${number}_${index}`,
    toolName: tool,
    input: JSON.stringify(input),
  }));
  return [...calls, { type: 'finish', usage, finishReason: { unified: 'tool-calls', raw: 'tool_calls' } }];
}

/** One squares-on-grey picture: a red square left, a red square right, a blue one below. */
export function squares(): Promise<Image> {
  const width = 120;
  const data = new Uint8Array(width * 80 * 4).fill(200);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  const paint = (left: number, top: number, rgb: readonly number[]) => {
    for (let y = top; y < top + 16; y++) {
      for (let x = left; x < left + 16; x++) data.set(rgb, (y * width + x) * 4);
    }
  };
  paint(12, 12, [220, 20, 20]);
  paint(80, 12, [220, 20, 20]);
  paint(48, 52, [20, 20, 220]);
  return Image.fromPixels({ width, height: 80, data });
}

export const places = { left: { x: 12, y: 12 }, right: { x: 80, y: 12 }, below: { x: 48, y: 52 } };
const boxAt = ({ x, y }: { x: number; y: number }) => ({ x, y, width: 16, height: 16 });

/** A backend that really looks: finds the squares that are still there by their colour, cuts them out, greys them over. */
export function squareBackend(before: { remove?: (signal: AbortSignal | undefined) => Promise<void> } = {}): Backend {
  const isThere = (image: Image, place: { x: number; y: number }) => {
    const i = ((place.y + 8) * image.width + place.x + 8) * 4;
    return Math.abs(image.data[i] - image.data[i + 2]) > 100;
  };
  return {
    name: 'squares',
    capabilities: {
      detect: {
        model: 'look',
        able: () => true,
        run: async ({ image, phrases }) => {
          const all = [
            { label: 'red square', place: places.left },
            { label: 'red square', place: places.right },
            { label: 'blue square', place: places.below },
          ];
          return all
            .filter(({ label, place }) => isThere(image, place) && (phrases.length === 0 || phrases.includes(label)))
            .map(({ label, place }) => ({
              label,
              score: 0.9,
              box: boxAt(place),
              phrase: label,
            }));
        },
      },
      segment: {
        model: 'cut',
        able: () => true,
        run: async ({ image, box }) => ({ mask: Mask.fromBox(image, box ?? boxAt(places.left)), score: 1 }),
      },
      remove: {
        model: 'grey',
        able: () => true,
        run: async ({ image }, { signal }) => {
          await before.remove?.(signal);
          const data = new Uint8Array(image.data.length).fill(200);
          for (let i = 3; i < data.length; i += 4) data[i] = 255;
          return { width: image.width, height: image.height, data };
        },
      },
    },
  };
}
