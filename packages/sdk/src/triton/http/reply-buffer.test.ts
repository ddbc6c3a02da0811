import { describe, expect, it } from 'vitest';
import { ResponseTooLargeError } from '../errors.ts';
import { ReplyBuffer } from './reply-buffer.ts';

const context = { server: 'http://gpu-box:8000' };
const bytes = Uint8Array.from({ length: 100 }, (_, index) => index);

describe('ReplyBuffer', () => {
  it.each([100, undefined])('puts what follows the JSON on a multiple of 8 (length %s)', (length) => {
    for (let headerBytes = 0; headerBytes <= 24; headerBytes++) {
      const buffer = new ReplyBuffer({ length, headerBytes, maxBytes: 1_000, context });
      buffer.add(bytes.subarray(0, 33));
      buffer.add(bytes.subarray(33, 33));
      buffer.add(bytes.subarray(33));
      const whole = buffer.take();
      expect(Buffer.compare(whole, bytes)).toBe(0);
      expect((whole.byteOffset + headerBytes) % 8).toBe(0);
      expect(whole.buffer.byteLength).toBeLessThan(100 + 8);
    }
  });

  it('refuses what is announced before it allocates', () => {
    const before = process.memoryUsage().arrayBuffers;
    const make = () => new ReplyBuffer({ length: 2 ** 33, headerBytes: undefined, maxBytes: 1_000, context });
    expect(make).toThrow(ResponseTooLargeError);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  });

  it('refuses what grows beyond the limit, and takes what reaches it', () => {
    const buffer = new ReplyBuffer({ length: undefined, headerBytes: undefined, maxBytes: 100, context });
    buffer.add(bytes);
    expect(() => buffer.add(bytes.subarray(0, 1))).toThrow(ResponseTooLargeError);
  });
});
