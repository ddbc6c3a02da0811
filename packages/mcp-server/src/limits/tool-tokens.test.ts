import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, it } from 'vitest';
import { tappedHost } from '../__fixtures__/tapped-host.ts';
import { createMcpApp, type McpAppOptions } from '../app.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';

/** Every definition is in the context of every conversation. */
const mostTokens = 6000;

const uploads: McpAppOptions['uploads'] = {
  create: () => Promise.reject(new Error('Nothing is uploaded here.')),
  download: () => Promise.reject(new Error('Nothing is downloaded here.')),
};

/** The tokens of all definitions as `tools/list` sends them, and of each. */
async function tokensOf(options: Omit<McpAppOptions, 'workshops'>) {
  const studio = () => Promise.reject(new Error('Listing tools opens no studio.'));
  const app = createMcpApp({ workshops: inProcessWorkshops({ studio, approve: 'never' }), ...options });
  const { client, close } = await tappedHost(app);
  try {
    const { tools } = await client.listTools();
    const each = Object.fromEntries(tools.map((tool) => [tool.name, countTokens(JSON.stringify(tool))]));
    return { all: countTokens(JSON.stringify(tools)), each };
  } finally {
    await close();
    await app.close();
  }
}

it.each([
  ['stdio', { output: '/tmp' }],
  ['HTTP', { uploads }],
  ['everything at once', { output: '/tmp', uploads, approve: 'edits' as const }],
])('all tool definitions take at most 6,000 tokens: %s', async (_, options) => {
  const { all, each } = await tokensOf(options);
  expect(Object.keys(each).length).toBeGreaterThanOrEqual(15);
  expect(all, JSON.stringify(each, null, 1)).toBeLessThanOrEqual(mostTokens);
});
