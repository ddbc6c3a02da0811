import { describe, expect, it } from 'vitest';
import { openChannel } from './channel.ts';
import { metadataOf } from './metadata.ts';

const targetOf = (url: string): string => {
  const { channel, server } = openChannel({ url });
  channel.close();
  expect(server).toBe(new URL(url).origin);
  return channel.getTarget();
};

describe('the address of a channel', () => {
  it('is host and port', () => {
    expect(targetOf('http://gpu-box:8001')).toBe('dns:gpu-box:8001');
    expect(targetOf('http://gpu-box:8001/')).toBe('dns:gpu-box:8001');
    expect(targetOf('http://gpu-box')).toBe('dns:gpu-box:80');
    expect(targetOf('https://triton.example')).toBe('dns:triton.example:443');
    expect(targetOf('http://[::1]:8001')).toBe('dns:[::1]:8001');
  });

  it.each(['http://gpu-box:8001/triton', 'ftp://gpu-box', 'gpu-box:8001', ''])('is not %s', (url) => {
    expect(() => openChannel({ url })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('headers as metadata', () => {
  it('are text, and bytes where they are named so', () => {
    const metadata = metadataOf({ authorization: 'Bearer abc', traceparent: '00-ab', 'key-bin': 'AQID' });
    expect(metadata.getMap()).toEqual({
      authorization: 'Bearer abc',
      traceparent: '00-ab',
      'key-bin': Buffer.from([1, 2, 3]),
    });
  });

  it.each([
    ['grpc-timeout', '1S'],
    ['content-type', 'text/plain'],
    ['Upper', 'x'],
    ['a b', 'x'],
    ['x', 'secret\n'],
    ['x', 'secret é'],
    ['key-bin', 'secret!'],
  ])('are not %s: %j', (name, value) => {
    const send = () => metadataOf({ [name]: value });
    expect(send).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(send).not.toThrow(/secret/);
  });
});
