import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { atelier, type Backend } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import { MockLanguageModelV4 } from 'ai/test';
import { photo } from '../../test/photos.ts';
import { atMost, type BenchRow, median } from '../row.ts';

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};
const steps = 50;

/** What the loop itself costs a step: a brain that answers at once and a capability that answers at once. */
export async function benchAgentOverhead(): Promise<BenchRow[]> {
  const instant: Backend = {
    name: 'instant',
    capabilities: { ask: { model: 'none', able: () => true, run: async () => ({ answer: 'yes' }) } },
  };
  const image = await decodeImage(await readFile(photo('coffee.png')));
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const studio = atelier({ backends: [instant], brain: scriptedBrain(image.id) });
    const session = studio.session({ image });
    await session.image();
    const began = performance.now();
    await session.run('ask and ask again', { maxSteps: steps + 2 }).result;
    times.push((performance.now() - began) / (steps + 2));
  }
  return [atMost('agent overhead a step', median(times), 2, 'ms')];
}

function scriptedBrain(image: string) {
  let call = 0;
  return new MockLanguageModelV4({
    doStream: async () => {
      const number = call++;
      const finish = (unified: 'tool-calls' | 'stop') => ({
        type: 'finish' as const,
        usage,
        finishReason: { unified, raw: unified },
      });
      const use = (toolName: string, input: unknown) => ({
        type: 'tool-call' as const,
        toolCallId: `call_${number}`,
        toolName,
        input: JSON.stringify(input),
      });
      const text = [
        { type: 'text-start' as const, id: 't' },
        { type: 'text-delta' as const, id: 't', delta: 'done' },
        { type: 'text-end' as const, id: 't' },
      ];
      const parts: LanguageModelV4StreamPart[] =
        number === 0
          ? [use('plan', { steps: [] }), finish('tool-calls')]
          : number <= steps
            ? [use('ask_image', { image, question: `question ${number}` }), finish('tool-calls')]
            : [...text, finish('stop')];
      return { stream: ReadableStream.from(parts) };
    },
  });
}

/** What importing the built SDK costs over what it stands on, each in fresh processes, turn by turn. */
export function benchImport(): BenchRow[] {
  const cost = (code: string): number => {
    const script = `const t = performance.now(); ${code}; process.stdout.write(String(performance.now() - t));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    return Number(stdout);
  };
  const base: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < 11; round++) {
    base.push(cost("await import('ai'); await import('zod')"));
    ours.push(cost("await import('ai'); await import('zod'); await import('@atelier/sdk')"));
  }
  return [atMost("import '@atelier/sdk' over import 'ai' + zod", median(ours) - median(base), 60, 'ms', 0)];
}
