import { z } from 'zod';

const verdict = z.object({
  name: z.string(),
  kind: z.string(),
  instruction: z.string(),
  completed: z.boolean(),
  planRight: z.boolean(),
  planMistakes: z.array(z.string()),
  places: z.array(z.string()),
  answersRight: z.number(),
  answers: z.number(),
  changedOutsideMasks: z.number(),
  changedElsewhere: z.number(),
  verified: z.boolean(),
  tool: z.string().nullable(),
  reason: z.string().nullable(),
});

/** What `miniature.agent.judge` says of one task. */
export type Verdict = z.infer<typeof verdict>;

export const readVerdicts = (text: string): readonly Verdict[] => z.array(verdict).parse(JSON.parse(text));

export interface AgentFigures {
  readonly tasks: number;
  /** Shares, 0..1. */
  readonly completed: number;
  readonly planAccuracy: number;
  /** Pixels, in all tasks together. */
  readonly changedOutsideMasks: number;
  /** Failures by the tool that was the first to go wrong, most first. */
  readonly failuresByTool: Readonly<Record<string, number>>;
  /** What the agent says of itself against what is so: tasks. */
  readonly trueDone: number;
  readonly falseDone: number;
  readonly falseUndone: number;
  readonly trueUndone: number;
}

export function agentFigures(verdicts: readonly Verdict[]): AgentFigures {
  const count = (is: (verdict: Verdict) => boolean) => verdicts.filter(is).length;
  const tools = verdicts.flatMap(({ tool }) => tool ?? []);
  const byTool = [...new Set(tools)].map((tool) => [tool, tools.filter((one) => one === tool).length] as const);
  return {
    tasks: verdicts.length,
    completed: count(({ completed }) => completed) / verdicts.length,
    planAccuracy: count(({ planRight }) => planRight) / verdicts.length,
    changedOutsideMasks: verdicts.reduce((sum, { changedOutsideMasks }) => sum + changedOutsideMasks, 0),
    failuresByTool: Object.fromEntries(byTool.sort(([, one], [, other]) => other - one)),
    trueDone: count(({ verified, completed }) => verified && completed),
    falseDone: count(({ verified, completed }) => verified && !completed),
    falseUndone: count(({ verified, completed }) => !verified && completed),
    trueUndone: count(({ verified, completed }) => !verified && !completed),
  };
}

/** Markdown: the figures, and each failure with the tool that caused it. */
export function agentReport(verdicts: readonly Verdict[]): string {
  const figures = agentFigures(verdicts);
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const lines = [
    `| tasks | completed | plans as expected | pixels changed outside the masks |`,
    '| --- | --- | --- | --- |',
    `| ${figures.tasks} | ${percent(figures.completed)} | ${percent(figures.planAccuracy)} | ${figures.changedOutsideMasks} |`,
    '',
    '| the agent says | it is done | it is not |',
    '| --- | --- | --- |',
    `| done and verified | ${figures.trueDone} | ${figures.falseDone} |`,
    `| not verified | ${figures.falseUndone} | ${figures.trueUndone} |`,
    '',
    '| first tool to go wrong | tasks |',
    '| --- | --- |',
    ...Object.entries(figures.failuresByTool).map(([tool, tasks]) => `| ${tool} | ${tasks} |`),
    '',
    '| task | instruction | tool | what is wrong | in the end |',
    '| --- | --- | --- | --- | --- |',
    ...verdicts.filter(({ completed }) => !completed).map(failureRow),
  ];
  return `${lines.join('\n')}\n`;
}

function failureRow(verdict: Verdict): string {
  const { name, instruction, tool, reason, places, answers, answersRight, changedElsewhere } = verdict;
  const end = [
    ...places,
    ...(answersRight < answers ? [`${answers - answersRight} of ${answers} answers wrong`] : []),
    ...(changedElsewhere > 0 ? [`${changedElsewhere} pixels changed far from what was to change`] : []),
  ];
  return `| ${[name, instruction, tool ?? '', reason ?? '', end.join(', ')].map(cell).join(' | ')} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
