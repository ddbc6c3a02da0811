import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { watchSocket } from '../node/__fixtures__/watch-socket.ts';
import { closeCodes } from '../node/send-events.ts';
import { type AttackedServer, attackedServer } from './__fixtures__/attacked-server.ts';

let server: AttackedServer;
let job = '';
beforeAll(async () => {
  server = await attackedServer(inject('postgres'));
  job = await server.invoke({ prompt: 'adjust 1' });
});
afterAll(() => server.end());

const headers = () => ({ authorization: `Bearer ${server.keys.alice}` });
const open = async () => {
  const socket = watchSocket(`${server.webSocketUrl}/ws/${job}`, { headers: headers() });
  await socket.arrived(1);
  return socket;
};

/** A frame as clients send it: with a mask, which is zero here. */
function frame(opcode: number, payload: Buffer, { masked = true, final = true } = {}): Buffer {
  const mask = masked ? 0x80 : 0;
  const length =
    payload.length < 126
      ? Buffer.from([mask | payload.length])
      : Buffer.from([mask | 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode]), length, Buffer.alloc(masked ? 4 : 0), payload]);
}

/** A WebSocket spoken by hand, by somebody who does not read. */
async function byHand() {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  const key = randomBytes(16).toString('base64');
  const lines = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`];
  const auth = `Authorization: Bearer ${server.keys.alice}`;
  socket.write(`${[`GET /ws/${job} HTTP/1.1`, 'Host: localhost', auth, ...lines].join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  return socket;
}

describe('a client of a WebSocket', () => {
  it('that sends messages without end is cut off', async () => {
    const { client, ended } = await open();
    for (let message = 0; message < 1000; message++) client.send('{"type":"ping"}');
    expect(await ended).toBe(closeCodes.tooMuch);
  });

  it.each([
    [
      'a message of a megabyte',
      (socket: Awaited<ReturnType<typeof open>>) => socket.client.send('x'.repeat(1024 * 1024)),
    ],
    [
      'binary of a megabyte',
      (socket: Awaited<ReturnType<typeof open>>) => socket.client.send(Buffer.alloc(1024 * 1024)),
    ],
    [
      'a megabyte in small parts',
      ({ client }: Awaited<ReturnType<typeof open>>) => {
        for (let part = 0; part < 1000; part++) client.send('x'.repeat(1000), { fin: false });
      },
    ],
  ])('that sends %s is cut off', async (_what, send) => {
    const socket = await open();
    send(socket);
    expect(await socket.ended).toBe(1009);
  });

  it.each<[string, Buffer]>([
    ['frames without a mask', frame(1, Buffer.from('a'), { masked: false })],
    ['an opcode that is none', frame(7, Buffer.from('a'))],
    ['text that is not UTF-8', frame(1, Buffer.from([0xff, 0xfe]))],
    ['a ping of 1,000 bytes', frame(9, Buffer.alloc(1000))],
    ['a close with a code that is none', frame(8, Buffer.from([0, 1]))],
    ['a length of 2^63', Buffer.from([0x81, 0xff, 0x7f, ...Array(7).fill(0xff), 0, 0, 0, 0])],
    ['noise', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 131) % 256))],
  ])('that sends %s is cut off', async (_what, bytes) => {
    const socket = await byHand();
    socket.resume();
    socket.write(bytes);
    await once(socket, 'close');
    await server.serves();
  });

  it('that pings without end and does not read fills no memory', async () => {
    const socket = await byHand();
    socket.pause();
    const pings = Buffer.concat(Array.from({ length: 2000 }, () => frame(9, Buffer.alloc(125))));
    const before = process.memoryUsage().rss;
    for (let sent = 0; sent < 100 && socket.writable; sent++) {
      if (!socket.write(pings))
        await new Promise((go) => {
          socket.once('drain', go);
          setTimeout(go, 50);
        });
    }
    // Twenty-five megabytes of pings were sent or wait at the sender.
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    socket.destroy();
    await server.serves();
  });

  it('is offered no compression, which would unpack what it sends', async () => {
    const socket = watchSocket(`${server.webSocketUrl}/ws/${job}`, { headers: headers(), perMessageDeflate: true });
    await socket.arrived(1);
    expect(socket.client.extensions).toBe('');
    socket.client.close();
  });

  it('that may not watch is sent away, two hundred times at once', async () => {
    const sockets = Array.from({ length: 200 }, () => watchSocket(`${server.webSocketUrl}/ws/${job}`));
    const codes = await Promise.all(sockets.map(({ ended }) => ended));
    expect(codes.every((code) => code === closeCodes.accessDenied || code === closeCodes.rateLimited)).toBe(true);
    // Guessing is slowed down here as everywhere.
    expect(codes).toContain(closeCodes.rateLimited);
    await server.serves();
  });

  it('that is no client of WebSockets is told so', async () => {
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
    for (const request of [
      `POST /ws/${job} HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
      `GET /ws/${job} HTTP/1.1\r\nHost: localhost\r\n${upgrade}Sec-WebSocket-Version: 1\r\n\r\n`,
      `GET /ws/../jobs HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
      `GET /ws/%2e%2e HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
    ]) {
      const { status } = await server.raw(request);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });
});
