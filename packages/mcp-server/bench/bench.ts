import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asShipped, fromSources } from '../src/__fixtures__/command-line.ts';
import { tokensOf, uploads } from '../src/__fixtures__/tool-tokens.ts';
import { timeStart } from './start.ts';
import type { Timing } from './timing.ts';
import { type TinyCall, timeTinyCalls } from './tiny-calls.ts';

export interface McpReport {
  /** False: nothing was built, and the sources were run. */
  readonly isBuilt: boolean;
  readonly start: Timing;
  readonly calls: readonly TinyCall[];
  readonly tokens: { readonly all: number; readonly each: Readonly<Record<string, number>> };
}

/** What the protocol costs: time to the first answer, time of tiny calls, tokens of the tools. */
export async function benchMcp({ photo, isQuick }: { photo: string; isQuick: boolean }): Promise<McpReport> {
  const data = await mkdtemp(join(tmpdir(), 'bench-mcp-'));
  const command = asShipped();
  try {
    const start = await timeStart(command, data, isQuick ? 3 : 15);
    const calls = await timeTinyCalls({ command, data, photo, rounds: isQuick ? 20 : 300 });
    const tokens = await tokensOf({ output: data, uploads });
    return { isBuilt: command !== fromSources, start, calls, tokens };
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
