import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { local } from '@atelier/local';
import type { Backend } from '@atelier/sdk';
import { runPython, type Split } from '../examples.ts';
import { type OtherWords, planOtherWords } from './other-words.ts';
import { playTask, type TaskResult } from './play-task.ts';
import { type AgentFigures, agentFigures, agentReport, readVerdicts } from './report.ts';
import { readTasks } from './tasks.ts';

export interface MeasureAgentOptions {
  /** Sees, cuts out, paints and answers: nothing else does. */
  readonly eyes: Backend;
  readonly python: string;
  readonly split: Split;
  readonly count: number;
  /** Gets the tasks, all pictures, results.json, verdicts.json and report.md. */
  readonly folder: string;
  readonly tell?: (line: string) => void;
}

export interface MeasuredAgent extends AgentFigures {
  readonly otherWords: OtherWords;
}

/** Has the agent with the built-in planner carry out compound tasks, and has them judged. */
export async function measureAgent(options: MeasureAgentOptions): Promise<MeasuredAgent> {
  const { eyes, python, split, count, folder, tell = () => {} } = options;
  const [tasks, results] = [join(folder, 'tasks'), join(folder, 'results')];
  await mkdir(results, { recursive: true });
  await runPython(python, taskArguments(split, count, tasks));
  const pixels = local({ threads: 1 });
  // Of the local backend nothing but its arithmetic on pixels: it sees nothing.
  const hands: Backend = { name: pixels.name, capabilities: { adjust: pixels.capabilities.adjust } };
  const played: TaskResult[] = [];
  const listed = await readTasks(tasks);
  try {
    for (const task of listed) {
      const result = await playTask(task, { backends: [eyes, hands], tasks, folder: results });
      played.push(result);
      await writeFile(join(results, 'results.json'), `${JSON.stringify(played, null, 1)}\n`);
      tell(`${task.name} ${(result.milliseconds / 1000).toFixed(1)} s ${result.answer ?? result.error?.message ?? ''}`);
    }
  } finally {
    await pixels.close?.();
  }
  const verdicts = join(folder, 'verdicts.json');
  await runPython(python, [
    '-m',
    'miniature.agent.judge',
    ...['--tasks', tasks, '--results', results, '--out', verdicts],
  ]);
  const judged = readVerdicts(await readFile(verdicts, 'utf8'));
  await writeFile(join(folder, 'report.md'), agentReport(judged));
  return { ...agentFigures(judged), otherWords: await planOtherWords(listed, split) };
}

const taskArguments = (split: Split, count: number, folder: string): readonly string[] => [
  '-m',
  'miniature.agent.tasks',
  ...['--split', split, '--count', String(count), '--out', folder],
];
