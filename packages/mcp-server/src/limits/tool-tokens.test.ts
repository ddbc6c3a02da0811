import { expect, it } from 'vitest';
import { tokensOf, uploads } from '../__fixtures__/tool-tokens.ts';

/** Every definition is in the context of every conversation. */
const mostTokens = 6000;

it.each([
  ['stdio', { output: '/tmp' }],
  ['HTTP', { uploads }],
  ['everything at once', { output: '/tmp', uploads, approve: 'edits' as const }],
])('all tool definitions take at most 6,000 tokens: %s', async (_, options) => {
  const { all, each } = await tokensOf(options);
  expect(Object.keys(each).length).toBeGreaterThanOrEqual(15);
  expect(all, JSON.stringify(each, null, 1)).toBeLessThanOrEqual(mostTokens);
});
