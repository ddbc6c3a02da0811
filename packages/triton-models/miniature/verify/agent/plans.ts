import { parseArgs } from 'node:util';
import { planMistakes } from './check-plan.ts';
import { plannedDeeds } from './deeds.ts';
import { readTasks } from './tasks.ts';

/** Only plans: needs no server. `node --conditions=atelier-source plans.ts --tasks FOLDER` */
const { values } = parseArgs({ options: { tasks: { type: 'string' } } });
if (values.tasks === undefined) throw new Error('--tasks FOLDER is missing.');
const tasks = await readTasks(values.tasks);
let right = 0;
for (const task of tasks) {
  const mistakes = planMistakes(task, await plannedDeeds(task.instruction));
  if (mistakes.length === 0) right++;
  else console.log(`${task.name} ${task.instruction}\n  ${mistakes.join('\n  ')}`);
}
console.log(`plan accuracy ${(right / tasks.length).toFixed(3)} (${right} of ${tasks.length})`);
