import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openBrain } from '@atelier/sdk/brains';
import { afterAll, describe, expect, it } from 'vitest';
import { askBrain } from '../evals/ask-brain.ts';
import { askPlanner, openPlannerStudio } from '../evals/ask-planner.ts';
import { readHostRows, readRows } from '../evals/eval-row.ts';
import { openMcpHost } from '../evals/mcp-host.ts';
import { type Answered, isRight, report } from '../evals/score.ts';

const rows = await readRows();
const hostRows = await readHostRows();

describe('the table', () => {
  it('has 40 requests, half of them Korean, none twice', () => {
    expect(rows).toHaveLength(40);
    expect(rows.filter(({ language }) => language === 'ko')).toHaveLength(20);
    expect(rows.filter(({ language, request }) => (language === 'ko') !== /[가-힣]/.test(request))).toEqual([]);
    expect(new Set([...rows, ...hostRows].map(({ id }) => id)).size).toBe(rows.length + hostRows.length);
    expect(new Set(rows.map(({ request }) => request)).size).toBe(40);
  });
});

it('the built-in planner begins with the right tool', async () => {
  const studio = openPlannerStudio();
  const answered: Answered[] = [];
  for (const row of rows) answered.push(await askPlanner(studio, row));
  await studio.close();
  expect(answered.filter(isRight).length, report('planner', answered)).toBeGreaterThanOrEqual(39);
});

describe('a brain', () => {
  const requests: { tools: { function: { name: string } }[]; messages: { role: string; content: unknown }[] }[] = [];
  /** A server that speaks chat completions and always calls the same tool. */
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    requests.push(JSON.parse(Buffer.concat(chunks).toString()));
    const call = { id: 'c1', type: 'function', function: { name: 'edit_image', arguments: '{"prompt":"do it"}' } };
    const message = { role: 'assistant', content: null, tool_calls: [call] };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: 'x',
        object: 'chat.completion',
        created: 0,
        model: 'm',
        choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
      }),
    );
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is asked as a host would ask it, and scored by the tool that it calls', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const brain = await openBrain('compatible:m', { env: { ATELIER_BRAIN_URL: `http://127.0.0.1:${port}/v1` } });
    const host = await openMcpHost();
    const asked = [...rows, ...hostRows].filter(({ id }) =>
      ['en-08', 'en-17', 'en-18', 'ko-20', 'host-ko-01'].includes(id),
    );
    const answered: Answered[] = [];
    for (const row of asked) answered.push(await askBrain(brain, host, row));
    await host.close();

    expect(answered.map(({ tool }) => tool)).toEqual(asked.map(() => 'edit_image'));
    expect(answered.filter(isRight).map(({ row }) => row.id)).toEqual(['en-18', 'ko-20']);
    const names = requests[0]?.tools.map((tool) => tool.function.name) ?? [];
    const wanted = [...rows, ...hostRows].flatMap(({ first }) => first);
    expect(names).toEqual(expect.arrayContaining(wanted));
    const undo = requests[1]?.messages ?? [];
    expect(undo.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(undo[0]?.content).toContain('edit_image');
    expect(JSON.stringify(undo[2]?.content)).toMatch(/img_[0-9a-f]{32} now \(edit /);
  });
});
