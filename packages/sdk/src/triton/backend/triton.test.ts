import { describe, expect, it } from 'vitest';
import { route } from '../../capabilities/route.ts';
import { Image } from '../../image/image.ts';
import { TritonClient } from '../client/client.ts';
import type { TritonBackendOptions } from './options.ts';
import { pictureBytes, pictureKey } from './picture-bytes.ts';
import { triton } from './triton.ts';

const url = 'http://127.0.0.1:1';

describe('triton()', () => {
  it('does what its four models can do, under the names they have', () => {
    const { name, capabilities } = triton({ url, models: { sd3: 'sd3-medium', vqa: undefined } });
    expect(name).toBe('triton');
    const models = Object.entries(capabilities).map(([capability, { model }]) => [capability, model]);
    expect(Object.fromEntries(models)).toEqual({
      ask: 'vqa',
      detect: 'owlv2',
      segment: 'sam',
      remove: 'sd3-medium',
      inpaint: 'sd3-medium',
      generate: 'sd3-medium',
    });
  });

  it('leaves out what a model that is not to be used would do', () => {
    const backend = triton({ url, models: { sd3: false, vqa: false } });
    expect(Object.keys(backend.capabilities).sort()).toEqual(['detect', 'segment']);
  });

  it('cannot look for nothing in particular, and says so', async () => {
    const image = await Image.fromPixels({ width: 1, height: 1, data: new Uint8Array(4) });
    expect(() => route([triton({ url })], 'detect', { image, phrases: [] })).toThrow(
      expect.objectContaining({
        code: 'capability-unavailable',
        message: expect.stringContaining('owlv2 finds what it is told to look for'),
      }),
    );
  });

  it.each<[string, Partial<TritonBackendOptions>]>([
    ['maxTokens', { maxTokens: 0 }],
    ['maxTokens', { maxTokens: 1.5 }],
    ['steps', { steps: 0 }],
    ['steps', { steps: Number.NaN }],
    ['threshold', { threshold: 1.1 }],
    ['guidance', { guidance: -1 }],
    ['strength', { strength: Number.NaN }],
    ['models.sam', { models: { sam: ' ' } }],
  ])('refuses %s out of range', (name, options) => {
    // A partial union is no member of it any more; with the address it is again.
    expect(() => triton({ url, ...options } as TritonBackendOptions)).toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(name) }),
    );
  });

  it('refuses an address that is none at once', () => {
    expect(() => triton({ url: 'gpu box' })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('refuses to have no server', () => {
    // As a program without types might call it.
    expect(() => triton({} as TritonBackendOptions)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('takes a client with models of its own', () => {
    const client = new TritonClient<{ mine: { inputs: { A: number }; outputs: object; decoupled: false } }>({ url });
    expect(triton({ client }).capabilities.segment?.model).toBe('sam');
  });
});

describe('a picture as it travels', () => {
  const pixels = { width: 2, height: 1, data: Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 255) };

  it('is the file itself where the models can read it', async () => {
    const original = { bytes: Uint8Array.of(1, 2, 3), mediaType: 'image/jpeg' };
    const image = await Image.fromPixels(pixels, original);
    expect(await pictureBytes(image)).toBe(original.bytes);
    expect(await pictureKey(image)).toBe('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81');
  });

  it('is PNG else, made once', async () => {
    for (const original of [undefined, { bytes: Uint8Array.of(1), mediaType: 'image/avif' }]) {
      const image = await Image.fromPixels(pixels, original);
      const bytes = await pictureBytes(image);
      expect([...bytes.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
      expect(await pictureBytes(image)).toBe(bytes);
    }
  });
});
