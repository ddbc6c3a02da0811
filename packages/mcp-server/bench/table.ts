import type { McpReport } from './bench.ts';
import type { Timing } from './timing.ts';

const names = {
  handle: 'the tool itself',
  result: 'and its result made',
  stdio: 'over stdio',
  http: 'over HTTP',
} as const;

/** For people. */
export function tableOf({ isBuilt, start, calls, tokens }: McpReport): string {
  const lines = [
    isBuilt ? 'The built command.' : 'From sources: nothing is built.',
    '',
    row('start to initialize answered', start),
    ...calls.flatMap(({ what, ways }) => [
      '',
      what,
      ...(['handle', 'result', 'stdio', 'http'] as const).map((way) => row(`  ${names[way]}`, ways[way])),
      `  over stdio, above the tool's own time: p50 ${milliseconds(ways.stdio.p50 - ways.handle.p50)}; above its result: p50 ${milliseconds(ways.stdio.p50 - ways.result.p50)}`,
    ]),
    '',
    `all tool definitions: ${tokens.all} tokens (o200k_base)`,
    ...Object.entries(tokens.each).map(([name, count]) => `  ${name.padEnd(18)}${String(count).padStart(6)}`),
  ];
  return lines.join('\n');
}

const row = (name: string, { p50, p95 }: Timing): string =>
  `${name.padEnd(32)}p50 ${milliseconds(p50).padStart(10)}   p95 ${milliseconds(p95).padStart(10)}`;

const milliseconds = (time: number): string => `${time.toFixed(2)} ms`;
