import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeServer, fakeGrpcServer, fakeTcpServer } from './__fixtures__/fake-server.ts';
import { encodeMessage } from './messages.ts';

const transportModule = fileURLToPath(new URL('./grpc-transport.ts', import.meta.url));

/** Runs a script with `transport` to the url, and gives its exit code, output and how long it lived. */
async function run(url: string, script: string): Promise<{ code: number | null; text: string; ms: number }> {
  const source = `
    process.on('unhandledRejection', (error) => { console.log('unhandled', error); process.exitCode = 3; });
    const { createGrpcTransport } = await import(${JSON.stringify(transportModule)});
    const transport = createGrpcTransport({ url: ${JSON.stringify(url)} });
    const call = { timeoutMs: 20_000, headers: {} };
    const short = { timeoutMs: 200, headers: {} };
    const request = { model: 'any', inputs: {} };
    const quiet = () => {};
    ${script}
    console.log('end of script');`;
  const args = ['--conditions=atelier-source', '--input-type=module', '--eval', source];
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
  const [code] = await once(child, 'close');
  return { code, text, ms: performance.now() - began };
}

let server: FakeServer;
let silent: FakeServer;

beforeAll(async () => {
  server = await fakeGrpcServer({
    serverLive: (_: unknown, answer: (error: null, bytes: Buffer) => void) =>
      answer(null, encodeMessage('ServerLiveResponse', { live: true })),
    modelInfer: () => {},
    modelStreamInfer: () => {},
  });
  silent = await fakeTcpServer(() => {});
});
afterAll(async () => {
  await server.close();
  await silent.close();
});

describe('a process that used gRPC ends by itself', () => {
  it.each([
    ['closed', 'await transport.live(call); await transport.close();'],
    ['never closed', 'await transport.live(call);'],
    ['never used', ''],
    [
      'closed with calls open',
      `const open = [transport.infer(request, call).catch(quiet), transport.infer(request, call).catch(quiet)];
       const iterator = transport.stream(request, call)[Symbol.asyncIterator]();
       open.push(iterator.next().catch(quiet));
       await transport.live(call);
       await transport.close();
       await Promise.all(open);`,
    ],
    [
      'aborted',
      `const controller = new AbortController();
       const open = transport.infer(request, { ...call, signal: controller.signal }).catch(quiet);
       await transport.live(call);
       controller.abort();
       await open;
       await transport.close();`,
    ],
    ['out of time', 'await transport.infer(request, short).catch(quiet);'],
  ])('%s', async (_, script) => {
    const { code, text, ms } = await run(server.url, script);
    expect(text.trim()).toBe('end of script');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(15_000);
  });

  it.each(['http', 'https'])('closed while a silent server keeps its %s handshake', async (scheme) => {
    const url = silent.url.replace('http:', `${scheme}:`);
    const { code, text, ms } = await run(url, 'await transport.live(short).catch(quiet); await transport.close();');
    expect(text.replaceAll(/^.*(DEP0123|trace-deprecation).*$/gm, '').trim()).toBe('end of script');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(15_000);
  });

  it('while nothing listens', async () => {
    const gone = await fakeTcpServer(() => {});
    await gone.close();
    const { code, text, ms } = await run(gone.url, 'await transport.live(call).catch(quiet); await transport.close();');
    expect(text.trim()).toBe('end of script');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(15_000);
  });
});
