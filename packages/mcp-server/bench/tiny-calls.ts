import { dirname } from 'node:path';
import type { Client } from '@modelcontextprotocol/client';
import { httpPlace } from '../src/golden/__fixtures__/places.ts';
import { directTools } from './direct.ts';
import { overHttp, overStdio } from './served.ts';
import { type Timing, timeInTurns } from './timing.ts';

export interface TinyCall {
  readonly what: string;
  /** By the way: the tool's own time, with its result made, over stdio, over HTTP. */
  readonly ways: Readonly<Record<'handle' | 'result' | 'stdio' | 'http', Timing>>;
}

export interface TinyCallOptions {
  /** The command without parameters, as Node runs it. */
  readonly command: readonly string[];
  readonly data: string;
  readonly photo: string;
  readonly rounds: number;
}

/** Calls whose own work is next to nothing, so that what is left is the way to them. */
export async function timeTinyCalls({ command, data, photo, rounds }: TinyCallOptions): Promise<readonly TinyCall[]> {
  const parameters = ['--data', data, '--root', dirname(photo), '--session', 'bench'];
  const direct = await directTools(parameters);
  const stdio = await overStdio([...command, ...parameters]);
  const server = await httpPlace(data, { command });
  const http = await overHttp(server.url);
  try {
    const image = await textIn(stdio, 'load_image', { source: photo }, 'image');
    const job = await textIn(stdio, 'edit_image', { image, prompt: 'How many cups are there?' }, 'job');
    const calls = [
      { what: 'job_status of an ended job', name: 'job_status', input: { job } },
      { what: 'detect_objects on a known picture', name: 'detect_objects', input: { image, phrases: ['cup'] } },
    ];
    const timed: TinyCall[] = [];
    for (const { what, name, input } of calls) {
      const ways = await timeInTurns(
        {
          handle: () => direct.handle(name, input),
          result: () => direct.result(name, input),
          stdio: () => stdio.callTool({ name, arguments: input }),
          http: () => http.callTool({ name, arguments: input }),
        },
        rounds,
      );
      timed.push({ what, ways });
    }
    return timed;
  } finally {
    await Promise.allSettled([direct.close(), stdio.close(), http.close()]);
    await server.close();
  }
}

/** A text of a result's output. */
async function textIn(client: Client, name: string, input: Record<string, unknown>, field: string): Promise<string> {
  const { structuredContent, content } = await client.callTool({ name, arguments: input });
  const value: unknown = Object(structuredContent)[field];
  if (typeof value === 'string') return value;
  throw new Error(`${name} gave no ${field}: ${JSON.stringify(content).slice(0, 300)}`);
}
