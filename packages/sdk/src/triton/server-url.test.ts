import { describe, expect, it } from 'vitest';
import { originsOf } from './client/origins.ts';
import { openChannel } from './grpc/channel.ts';
import { parseAddress } from './http/address.ts';
import { parseServerUrl } from './server-url.ts';

const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ['alone', (text) => parseServerUrl(text, 'url')],
  ['for the client', (url) => originsOf({ url })],
  ['for its gRPC', (grpcUrl) => originsOf({ url: 'http://gpu-box:8000', grpcUrl })],
  ['for HTTP', parseAddress],
  ['for a channel', (url) => openChannel({ url })],
];

describe.each(readers)('an address read %s', (_, read) => {
  it.each([
    'gpu-box:8000',
    'gpu-box:8000/?key=hunter2',
    'ftp://ann:hunter2@gpu-box',
    'http://ann:hunter2@gpu-box',
    'http://hunter2@gpu-box',
    'http://gpu-box/?key=hunter2',
    'http://gpu-box/#hunter2',
    'http://',
    '',
  ])('is not %j, and no secret is repeated', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => read(text)).not.toThrow(/hunter2/);
  });
});

it('is a URL otherwise', () => {
  expect(parseServerUrl('https://gpu-box/triton/', 'url').href).toBe('https://gpu-box/triton/');
  expect(() => parseServerUrl('x', 'grpcUrl')).toThrow('grpcUrl: "x" is no http or https URL.');
});
