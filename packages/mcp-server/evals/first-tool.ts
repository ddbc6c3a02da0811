/**
 * Which tool comes first: a table of requests, asked of the built-in planner, or of a brain that sees the MCP server's own
 * tools as a host would show them.
 *
 *   node --conditions=atelier-source packages/mcp-server/evals/first-tool.ts
 *   node --conditions=atelier-source packages/mcp-server/evals/first-tool.ts --brain openai:gpt-5.2
 *
 * ATELIER_BRAIN names a brain as --brain does; keys come from the environment. Fails where fewer than `--least` percent are right.
 */
import { parseArgs } from 'node:util';
import { openBrain } from '@atelier/sdk/brains';
import { AtelierError } from '@atelier/sdk/errors';
import { askBrain } from './ask-brain.ts';
import { askPlanner, openPlannerStudio } from './ask-planner.ts';
import { readHostRows, readRows } from './eval-row.ts';
import { openMcpHost } from './mcp-host.ts';
import { type Answered, isRight, report } from './score.ts';

const { values } = parseArgs({
  options: {
    brain: { type: 'string', default: process.env.ATELIER_BRAIN ?? 'planner' },
    least: { type: 'string', default: '90' },
  },
});

try {
  const answered = await (values.brain === 'planner' ? ofPlanner() : ofBrain(values.brain));
  console.log(report(values.brain, answered));
  if ((100 * answered.filter(isRight).length) / answered.length < Number(values.least)) process.exitCode = 1;
} catch (error) {
  if (!AtelierError.isInstance(error)) throw error;
  console.error([error.message, error.hint].filter(Boolean).join('\n'));
  process.exitCode = 2;
}

async function ofPlanner(): Promise<readonly Answered[]> {
  const studio = openPlannerStudio();
  const answers: Answered[] = [];
  for (const row of await readRows()) answers.push(await askPlanner(studio, row));
  await studio.close();
  return answers;
}

async function ofBrain(name: string): Promise<readonly Answered[]> {
  const brain = await openBrain(name, { env: process.env });
  const host = await openMcpHost();
  const answers: Answered[] = [];
  for (const row of [...(await readRows()), ...(await readHostRows())]) answers.push(await askBrain(brain, host, row));
  await host.close();
  return answers;
}
