import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { type PatientStdioOptions, patientStdio } from './patient-stdio.ts';

const clientInfo = { name: 'raw', version: '1' };
const greeting = [
  { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
  { method: 'notifications/initialized' },
];
const wait = (id: number, ms: number) => ({
  id,
  method: 'tools/call',
  params: { name: 'wait', arguments: { ms } },
});
const cancelled = (requestId: number) => ({ method: 'notifications/cancelled', params: { requestId } });

/** A server with one tool that takes its time, between two streams. */
function serve({ answerMs = 30_000, isReaderGone = () => false }: Partial<PatientStdioOptions> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const { transport, done } = patientStdio(input, output, { answerMs, isReaderGone });
  const make = () => {
    const server = new McpServer({ name: 'tiny', version: '1' });
    const inputSchema = z.object({ ms: z.number() });
    server.registerTool('wait', { inputSchema }, async ({ ms }, { mcpReq: { signal } }) => {
      await delay(ms, undefined, { signal });
      return { content: [] };
    });
    return server;
  };
  const handle = serveStdio(make, { transport });
  onTestFinished(() => handle.close());
  const chunks: Buffer[] = [];
  output.on('data', (chunk: Buffer) => chunks.push(chunk));
  return {
    input,
    output,
    done,
    end: (...messages: readonly object[]) => {
      const lines = [...greeting, ...messages].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
      input.end(lines.join(''));
    },
    answered: () =>
      Buffer.concat(chunks)
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line).id),
  };
}

it('answers all that was asked before the end, and is done then', async () => {
  const { end, done, answered } = serve();
  end(wait(2, 300), wait(3, 10));
  await done;
  expect(answered()).toEqual([1, 3, 2]);
});

it('waits for nothing that is never answered', async () => {
  const { end, done, answered } = serve();
  end(wait(2, 60_000), cancelled(2));
  await done;
  expect(answered()).toEqual([1]);
});

it('gives answers so much time and no more', async () => {
  const { end, done, answered } = serve({ answerMs: 200 });
  end(wait(2, 60_000), wait(3, 10));
  await done;
  expect(answered()).toEqual([1, 3]);
});

it('waits for no answer that nobody would read', async () => {
  const { end, done } = serve({ isReaderGone: () => true });
  end(wait(2, 60_000));
  await done;
});

it.each([['input'], ['output']] as const)('is done with an %s that breaks off', async (stream) => {
  const served = serve();
  served.input.write(`${JSON.stringify({ jsonrpc: '2.0', ...greeting[0] })}\n`);
  await once(served.output, 'data');
  served[stream].destroy(new Error('broken'));
  await served.done;
});

it('reads no more of a message without end', async () => {
  const { input, done } = serve();
  const piece = 'x'.repeat(4 * 1024 * 1024);
  for (const _ of Array.from({ length: 4 })) input.write(piece);
  await done;
  expect(input.isPaused()).toBe(true);
});
