import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import { TritonClient } from './client.ts';

/** What the server's OpenTelemetry exporter sent: protobuf over HTTP, in which trace ids stand as their bytes. */
const exported: Buffer[] = [];
let collector: Server;
let server: LaunchedTriton;
let repository = '';

beforeAll(async () => {
  collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      exported.push(Buffer.concat(chunks));
      response.end();
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const shared = inject('triton');
  repository = await mkdtemp(join(tmpdir(), 'atelier-tracing-'));
  await cp(join(shared.repository, 'identity'), join(repository, 'identity'), { recursive: true });
  server = await launchTriton({
    python: shared.python,
    repository,
    args: [
      '--trace-config=mode=opentelemetry',
      `--trace-config=opentelemetry,url=http://127.0.0.1:${address.port}/v1/traces`,
      '--trace-config=opentelemetry,bsp_schedule_delay=100',
      '--trace-config=level=TIMESTAMPS',
      // Only requests that belong to a trace are traced.
      '--trace-config=rate=0',
    ],
  });
});

afterAll(async () => {
  await server.stop('SIGKILL');
  collector.closeAllConnections();
  collector.close();
  await rm(repository, { recursive: true, force: true });
});

it.each(['http', 'grpc'] as const)('the server joins the trace of a call over %s', async (transport) => {
  const traceId = transport === 'http' ? '0af7651916cd43dd8448eb211c80319c' : '5b8aa5a2d2c872e8321cf37308d69df2';
  await using client = new TritonClient({ url: server.url, grpcUrl: server.grpcUrl, transport });
  await client.model('identity').infer({ INPUT: [1] });
  await client.model('identity').infer({ INPUT: [1] }, { trace: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  const isExported = () =>
    exported.some((body) => body.includes(Buffer.from(traceId, 'hex')) || body.includes(traceId));
  await expect.poll(isExported, { timeout: 20_000 }).toBe(true);
});
