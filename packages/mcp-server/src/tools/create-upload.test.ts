import { randomBytes } from 'node:crypto';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createMcpApp } from '../app.ts';
import { pngOf, studioWorkshops } from '../http/__fixtures__/start.ts';
import { serveHttp } from '../http/serve-http.ts';
import { signedUrls } from '../http/uploads/signed-urls.ts';

it('a file too large for a message comes in beside it, and its id is a picture for other tools', async () => {
  const workshops = studioWorkshops();
  const secret = randomBytes(32);
  const uploads = signedUrls({ secret });
  const app = createMcpApp({ workshops, secret, uploads });
  const server = await serveHttp({
    makeServer: ({ principal, requestContext: { era } }) => app.makeServer({ principal, era, lifetime: 'request' }),
    ...{ workshops, uploads, port: 0 },
  });
  onTestFinished(async () => {
    await server.close({ graceMs: 0 });
    await app.close();
  });
  const client = new Client({ name: 'v2', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  onTestFinished(() => client.close());

  const { structuredContent, content } = await client.callTool({ name: 'create_upload', arguments: {} });
  expect(structuredContent).toMatchObject({
    method: 'PUT',
    max_bytes: 32 * 1024 * 1024,
    expires_at: expect.any(String),
  });
  const { url } = z.object({ url: z.string() }).parse(structuredContent);
  expect(JSON.stringify(content)).toContain(`curl -sS -T PHOTO '${url}'`);
  const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(await pngOf(40)) });
  const { id } = z.object({ id: z.string() }).parse(await answer.json());
  const resource = await client.readResource({ uri: `atelier://images/${id}` });
  expect(resource.contents[0]).toMatchObject({ mimeType: 'image/png', blob: expect.any(String) });
});
