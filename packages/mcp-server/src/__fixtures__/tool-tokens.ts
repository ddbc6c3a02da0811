import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { createMcpApp, type McpAppOptions } from '../app.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import { tappedHost } from './tapped-host.ts';

/** Where nothing is uploaded. */
export const uploads: McpAppOptions['uploads'] = {
  create: () => Promise.reject(new Error('Nothing is uploaded here.')),
  download: () => Promise.reject(new Error('Nothing is downloaded here.')),
};

/** The tokens of all definitions as `tools/list` sends them, and of each. */
export async function tokensOf(options: Omit<McpAppOptions, 'workshops'>) {
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
