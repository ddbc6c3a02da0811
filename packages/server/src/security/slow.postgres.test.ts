import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type AttackedServer, attackedServer } from './__fixtures__/attacked-server.ts';

let server: AttackedServer;
beforeAll(async () => {
  server = await attackedServer(inject('postgres'), { limits: { bodySeconds: 0.5 } });
});
afterAll(() => server.end());

/** Sends the first part at once and then a byte every 20 ms for as long as anybody listens. Resolves to what was answered, and when. */
function trickle(first: string, byte: string): Promise<{ answer: string; milliseconds: number }> {
  const socket = connect(server.port, '127.0.0.1');
  const start = performance.now();
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => {});
  socket.write(first);
  const dripping = setInterval(() => {
    if (socket.writable && byte !== '') socket.write(byte);
  }, 20);
  const late = setTimeout(() => socket.destroy(), 15_000);
  return new Promise((resolve) => {
    socket.on('close', () => {
      clearInterval(dripping);
      clearTimeout(late);
      resolve({ answer, milliseconds: performance.now() - start });
    });
  });
}

const head = (type: string) =>
  `POST /images HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${server.keys.alice}\r\nContent-Type: ${type}\r\n`;

describe('a request that trickles in (slow-loris)', () => {
  it.each<[string, () => string, string]>([
    ['its first line', () => 'GET /', 'a'],
    ['its headers', () => 'GET /jobs HTTP/1.1\r\nHost: localhost\r\nX-A: ', 'a'],
    ['headers without end', () => 'GET /jobs HTTP/1.1\r\nHost: localhost\r\n', 'X: a\r\n'],
    ['its body', () => `${head('application/json')}Content-Length: 100000\r\n\r\n{`, ' '],
    ['its form', () => `${head('multipart/form-data; boundary=a')}Content-Length: 100000\r\n\r\n--a\r\n`, 'a'],
    ['its chunks', () => `${head('image/png')}Transfer-Encoding: chunked\r\n\r\n`, '1\r\na\r\n'],
    ['a chunk that is never sent', () => `${head('image/png')}Transfer-Encoding: chunked\r\n\r\nfffff\r\n`, ''],
  ])('%s: is not waited for', async (_what, first, byte) => {
    const { answer, milliseconds } = await trickle(first(), byte);
    expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"timed-out"/);
    expect(milliseconds).toBeLessThan(6000);
  });

  it('of somebody without a key is not waited for at all', async () => {
    const start = 'POST /images HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n';
    const { answer, milliseconds } = await trickle(start, 'a');
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(milliseconds).toBeLessThan(9000);
  });

  it('a connection that says nothing ends', async () => {
    const { milliseconds } = await trickle('', '');
    expect(milliseconds).toBeLessThan(6000);
  });

  it('of three hundred at once keep nobody else waiting', async () => {
    const slow = Array.from({ length: 300 }, (_, at) =>
      trickle(at % 2 ? 'GET /jobs HTTP/1.1\r\nX' : `${head('image/png')}Content-Length: 9999\r\n\r\n`, ''),
    );
    const start = performance.now();
    for (let asked = 0; asked < 10; asked++) expect((await server.ask('/jobs')).status).toBe(200);
    expect(performance.now() - start).toBeLessThan(3000);
    const answers = await Promise.all(slow);
    expect(answers.every(({ milliseconds }) => milliseconds < 10_000)).toBe(true);
    await server.serves();
  });
});
