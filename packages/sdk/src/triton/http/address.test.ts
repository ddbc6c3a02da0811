import { describe, expect, it } from 'vitest';
import { AtelierError } from '../../errors/atelier-error.ts';
import { parseAddress } from './address.ts';

describe('parseAddress', () => {
  it.each([
    ['http://gpu-box:8000', 'http://gpu-box:8000', ''],
    ['http://gpu-box:8000/', 'http://gpu-box:8000', ''],
    ['https://host/triton', 'https://host', '/triton'],
    ['https://host/a/b//', 'https://host', '/a/b'],
    ['http://[::1]:8000', 'http://[::1]:8000', ''],
  ])('takes %s apart', (text, origin, prefix) => {
    expect(parseAddress(text)).toEqual({ origin, prefix, server: origin + prefix });
  });

  it.each([
    'gpu-box:8000',
    'grpc://gpu-box:8001',
    '',
    'http://',
    'http://host/?a=1',
    'http://host/#a',
    'http://user:hunter2@host',
    'http://hunter2@host',
  ])('refuses %j without repeating a secret', (text) => {
    let error: unknown;
    try {
      parseAddress(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(AtelierError);
    expect(error).toMatchObject({ code: 'invalid-input' });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});
