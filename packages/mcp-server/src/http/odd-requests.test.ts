import { expect, it } from 'vitest';
import { sendSlowly } from './__fixtures__/raw-request.ts';
import { callTool, rpc, start } from './__fixtures__/start.ts';

const message = callTool('whoami');
const head = (target: string, method = 'POST') =>
  `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n` +
  `Connection: close\r\nContent-Length: ${message.body.length}\r\n\r\n${message.body}`;

it.each([
  '//evil.example/mcp',
  'http://evil.example/mcp',
  '/mcp/../files/x',
  '/MCP',
  '/%6dcp',
  '*',
  '/files/../mcp',
  '/uploads/',
])('nothing is at %s', async (target) => {
  const { port, callers, errors } = await start();
  expect(await sendSlowly(port, { head: head(target) })).toMatch(/^HTTP\/1\.1 404 /);
  expect([callers, errors]).toEqual([[], []]);
});

it.each(['TRACE', 'PATCH', 'HEAD', 'PROPFIND', 'OPTIONS'])('%s does nothing', async (method) => {
  const { port, callers, errors } = await start();
  expect(await sendSlowly(port, { head: head('/mcp', method) })).toMatch(/^HTTP\/1\.1 405 /);
  expect([callers, errors]).toEqual([[], []]);
});

it.each([
  'GARBAGE\r\n\r\n',
  '\x16\x03\x01\x00\x00\r\n\r\n',
  'POST /mcp HTTP/1.1\r\nContent-Type: application/json\r\n\r\n',
])('what is no request is refused, and the next one answered: %j', async (bytes) => {
  const { port, url, callers } = await start();
  expect(await sendSlowly(port, { head: bytes })).toMatch(/^HTTP\/1\.1 400 /);
  expect(callers).toEqual([]);
  expect((await fetch(url, rpc('ping'))).status).toBe(200);
});

it('two lengths, or a length and chunks, are refused: others might read them otherwise', async () => {
  const { port, callers } = await start();
  for (const more of ['Content-Length: 9\r\nContent-Length: 5', 'Content-Length: 9\r\nTransfer-Encoding: chunked'])
    expect(
      await sendSlowly(port, { head: `POST /mcp HTTP/1.1\r\nHost: localhost\r\n${more}\r\n\r\n0\r\n\r\n` }),
    ).toMatch(/ 400 /);
  expect(callers).toEqual([]);
});
