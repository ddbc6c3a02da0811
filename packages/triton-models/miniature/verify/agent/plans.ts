import { parseArgs } from 'node:util';
import { planMistakes } from './check-plan.ts';
import { plannedDeeds } from './deeds.ts';
import { planOtherWords } from './other-words.ts';
import { readTasks } from './tasks.ts';

/**
 * Only plans: needs no server. `node --conditions=atelier-source plans.ts --tasks FOLDER`, where the folder is what
 * `python -m miniature.agent.tasks --split validation --out FOLDER` wrote (or `test`, whose failures in other words are
 * not told).
 */
const { values } = parseArgs({ options: { tasks: { type: 'string' } } });
if (values.tasks === undefined) throw new Error('--tasks FOLDER is missing.');
const tasks = await readTasks(values.tasks);
let right = 0;
for (const task of tasks) {
  const mistakes = planMistakes(task, await plannedDeeds(task.instruction));
  if (mistakes.length === 0) right++;
  else console.log(`${task.name} ${task.instruction}\n  ${mistakes.join('\n  ')}`);
}
const split = tasks[0]?.name.startsWith('test') ? 'test' : 'validation';
const other = await planOtherWords(tasks, split);
for (const { words, mistakes } of other.failures) console.log(`${words}\n  ${mistakes.join('\n  ')}`);
console.log(`plan accuracy ${(right / tasks.length).toFixed(3)} (${right} of ${tasks.length})`);
console.log(`in other words ${other.planAccuracy.toFixed(3)} (of ${other.tasks})`);
