import { expect, it } from 'vitest';
import { withTuples } from './tuples.ts';

it('writes tuples of equal members as lists of a known length, wherever they are, and leaves others alone', () => {
  const [whole, text] = [{ type: 'integer' }, { type: 'string' }];
  const pair = { type: 'array', prefixItems: [whole, { type: 'integer' }] };
  const mixed = { type: 'array', prefixItems: [whole, text] };
  const list = { type: 'array', items: { type: 'object', properties: { size: pair } } };
  const size = { type: 'array', items: whole, minItems: 2, maxItems: 2 };
  expect(withTuples({ anyOf: [pair, mixed, list] })).toEqual({
    anyOf: [size, mixed, { type: 'array', items: { type: 'object', properties: { size } } }],
  });
});
