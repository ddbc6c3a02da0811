import { expect, it } from 'vitest';
import { TritonError } from '../errors.ts';
import { call, floats } from './__fixtures__/calls.ts';
import { startFakeServer } from './__fixtures__/fake-server.ts';
import { chunk, event, inferReply, lastChunk, metadataReply, outputEvent, streamHead } from './__fixtures__/replies.ts';
import { createHttpTransport } from './http-transport.ts';

/** Mulberry32: the same numbers everywhere. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Random = (below: number) => number;

const interesting = ['0', '9', '-', '"', '{', ']', ':', '\r', '\n', '\0', '\xff', 'e', ' '];

/** One to three changes: a byte turned, replaced, put in, left out; a piece doubled or cut away; a digit changed. */
function mutate(original: Buffer, random: Random): Buffer {
  let bytes = Buffer.from(original);
  for (let change = random(3); change >= 0; change--) {
    const at = random(bytes.length);
    const size = 1 + random(8);
    const put = Buffer.from(interesting[random(interesting.length)] ?? '', 'latin1');
    const kinds = [
      () => bytes.fill((bytes[at] ?? 0) ^ (1 << random(8)), at, at + 1),
      () => bytes.fill(put, at, at + 1),
      () => (bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at)])),
      () => (bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + size)])),
      () => (bytes = Buffer.concat([bytes.subarray(0, at + size), bytes.subarray(at)])),
      () => (bytes = bytes.subarray(0, Math.max(1, at))),
    ];
    kinds[random(kinds.length)]?.();
    if (bytes.length === 0) break;
  }
  return bytes;
}

/** Half of the time anywhere; else in the body only, with lengths that fit, so that it gets past the HTTP parser. */
function mutateReply(original: Buffer, random: Random): Buffer {
  const start = original.indexOf('\r\n\r\n') + 4;
  const head = original.toString('latin1', 0, start);
  if (random(2) === 0 || !head.includes('content-length')) return mutate(original, random);
  const body = mutate(original.subarray(start), random);
  const fitting = head.replace(/^content-length: \d+/m, `content-length: ${body.length}`);
  return Buffer.concat([Buffer.from(fitting, 'latin1'), body]);
}

const total = 10_000;
const originals = [
  inferReply(),
  inferReply(
    { datatype: 'BYTES', shape: [2], parameters: { binary_data_size: 12 } },
    {},
    Buffer.from('\x03\0\0\0abc\x01\0\0\0z', 'latin1'),
  ),
  Buffer.from(
    streamHead + chunk(outputEvent(1)) + chunk(event({ model_name: 'm', OUTPUT: [1, 2], COUNT: 9 })) + lastChunk,
  ),
];

it(`ends ${total} mutated replies as a response or a TritonError, and hangs on none`, async () => {
  const random = seeded(20_261_121);
  const fake = await startFakeServer(({ socket, line }) => {
    if (line.startsWith('GET')) {
      socket.write(metadataReply);
      return;
    }
    const kind = line.endsWith('stream') ? 2 : random(2);
    const reply = mutateReply(originals[kind] ?? Buffer.alloc(0), random);
    // A reply that announces more than it has would be waited for: the server hangs up, as a broken one does.
    socket.write(reply, () => setTimeout(() => socket.end(), 1));
  });
  const transport = createHttpTransport({ url: fake.url, connections: 32 });
  const ends = new Map<string, number>();
  let started = 0;
  const oneAfterAnother = async (): Promise<void> => {
    while (started++ < total) {
      const end = await endOf(started % 4 === 0 ? readAll() : transport.infer(floats(4), call));
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  };
  const readAll = async (): Promise<void> => {
    for await (const _ of transport.stream(floats(1), call));
  };
  await Promise.all(Array.from({ length: 24 }, oneAfterAnother));
  console.log(Object.fromEntries(ends));
  expect([...ends.values()].reduce((sum, count) => sum + count, 0)).toBe(total);
  expect(ends.get('timed-out')).toBeUndefined();
  for (const end of ['response', 'response-invalid', 'connection-lost']) expect(ends.get(end)).toBeGreaterThan(100);
  await transport.close();
  await fake.untilNoneOpen();
  await fake.close();
}, 120_000);

async function endOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'response';
  } catch (error) {
    if (error instanceof TritonError) return error.code;
    throw error;
  }
}
