import { describe, expect, it } from 'vitest';
import { originsOf } from './origins.ts';

describe('addresses of servers', () => {
  it.each([
    ['http://gpu:8000', { url: 'http://gpu:8000', grpcUrl: 'http://gpu:8001' }],
    ['http://gpu:9000/', { url: 'http://gpu:9000', grpcUrl: 'http://gpu:9001' }],
    ['https://host/triton/', { url: 'https://host/triton', grpcUrl: 'https://host' }],
    ['http://[::1]:8000', { url: 'http://[::1]:8000', grpcUrl: 'http://[::1]:8001' }],
  ])('%s', (url, expected) => {
    expect(originsOf({ url })).toEqual([expected]);
  });

  it('takes gRPC where it is said to be, or nowhere', () => {
    expect(originsOf({ url: 'http://a:8000', grpcUrl: 'https://b:443' })[0].grpcUrl).toBe('https://b');
    expect(originsOf({ url: 'http://a:8000', grpcUrl: false })[0].grpcUrl).toBeUndefined();
    expect(originsOf({ url: 'http://a:8000', transport: 'http' })[0].grpcUrl).toBeUndefined();
    expect(originsOf({ url: ['http://a:8000', { url: 'http://b:8000', grpcUrl: 'http://b:9' }] })[1].grpcUrl).toBe(
      'http://b:9',
    );
  });

  it.each([
    ['gpu:8000', /url: "gpu:8000" is no http or https URL/],
    ['', /url: "" is no http or https URL/],
    ['ftp://gpu', /url: "ftp:\/\/gpu" is no http/],
    ['ftp://ann:secret@gpu', /"...@gpu"/],
    ['http://ann:secret@gpu:8000', /gpu:8000 holds a name or password/],
    ['http://gpu:8000/?x=1', /query or fragment/],
  ])('refuses %s', (url, message) => {
    expect(() => originsOf({ url })).toThrow(message);
    expect(() => originsOf({ url })).not.toThrow(/secret/);
  });

  it('names the option', () => {
    expect(() => originsOf({ url: 'http://a:8000', grpcUrl: 'a:8001' })).toThrow(/grpcUrl: "a:8001"/);
  });

  it('refuses no servers, the same one twice, and one gRPC port for several', () => {
    expect(() => originsOf({ url: [] })).toThrow(/empty/);
    expect(() => originsOf({ url: ['http://a:8000', 'http://a:8000/'] })).toThrow(/listed twice/);
    expect(() => originsOf({ url: ['http://a:8000', 'http://b:8000'], grpcUrl: 'http://a:1' })).toThrow(
      /several servers/,
    );
  });
});
