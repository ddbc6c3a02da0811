// `npm run bench:mcp`: what the MCP server costs beside the tools' own time, on the built command.
// `-- --json` prints one object, `--quick` shows that it works.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchMcp } from '../packages/mcp-server/bench/bench.ts';
import { tableOf } from '../packages/mcp-server/bench/table.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

const photo = fileURLToPath(new URL('../photos/two-cups.png', import.meta.url));
const report = await benchMcp({ photo, isQuick: values.quick });
console.log(values.json ? JSON.stringify(report) : tableOf(report));
