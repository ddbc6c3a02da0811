import { describe, expect, it } from 'vitest';
import { AtelierError } from '../errors/atelier-error.ts';
import type { Backend, Unable } from './capability.ts';
import { route } from './route.ts';

const generating = (name: string, able: true | Unable): Backend => ({
  name,
  capabilities: {
    generate: {
      model: `${name}-model`,
      able: () => able,
      run: async ({ width, height }) => ({ width, height, data: new Uint8Array(width * height * 4) }),
    },
  },
});
const request = { prompt: 'a cat', width: 64, height: 64, seed: 0 };
const cannot: Unable = { code: 'capability-unavailable', hint: 'Too big for it.' };

const refusalOf = (backends: readonly Backend[]) => {
  try {
    route(backends, 'generate', request);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('routing', () => {
  it('takes the first backend, in the order given, that says it can', () => {
    const backends = [generating('a', cannot), generating('b', true), generating('c', true)];
    const routed = route(backends, 'generate', request);
    expect(routed.backend).toBe('b');
    expect(routed.capability.model).toBe('b-model');
  });

  it('names every reason and who could, when nobody can', () => {
    expect(refusalOf([generating('a', cannot), { name: 'empty', capabilities: {} }])).toMatchObject({
      code: 'capability-unavailable',
      message: expect.stringContaining('a: Too big for it.'),
      hint: expect.stringContaining('triton()'),
      details: { capability: 'generate', backends: ['a', 'empty'] },
    });
    expect(refusalOf([])).toMatchObject({ message: expect.stringContaining('configured: none') });
  });

  it('passes on which words a backend does know', () => {
    const unknown: Unable = { code: 'phrase-unknown', hint: 'It does not know "zyx".', details: { known: ['cup'] } };
    expect(refusalOf([generating('a', unknown), generating('b', cannot)])).toMatchObject({
      code: 'phrase-unknown',
      message: 'It does not know "zyx".',
      details: { backend: 'a', known: ['cup'] },
    });
  });

  it('never advises to add a backend that was asked', () => {
    const unknown: Unable = { code: 'phrase-unknown', hint: 'It does not know "zyx".' };
    const hints = [[cannot], [unknown], [cannot, unknown]].map((refusals) => {
      const names = ['triton', 'hosted'];
      const error = refusalOf(refusals.map((refusal, index) => generating(names[index], refusal)));
      return AtelierError.isInstance(error) ? error.hint : undefined;
    });
    expect(hints).toEqual([
      'These could: hosted() with an image model.',
      'Use one of the words it knows, or add hosted() with an image model.',
      'Use one of the words it knows.',
    ]);
  });
});
