import type { PlannedStep, Run, RunEvent, RunResult } from '@atelier/sdk';
import type { Words } from '../messages.ts';
import type { Progress } from '../terminal/progress.ts';
import { showWords } from '../terminal/show-words.ts';

/** How a run ended, and what its brain had planned. */
export interface FollowedRun {
  readonly result: RunResult;
  readonly plan: readonly PlannedStep[];
}

/** Shows what a run tells until it ends. Rejects with the run's error. */
export async function followRun(run: Run, progress: Progress, words: Words): Promise<FollowedRun> {
  let plan: FollowedRun['plan'] = [];
  let onText = showWords(progress);
  for await (const event of run.events) {
    if (event.status === 'token') onText(event.text);
    else {
      // What is written after a step is another text.
      onText = showWords(progress);
      if (event.status === 'plan') plan = event.steps;
      show(event, progress, words);
    }
  }
  return { result: await run.result, plan };
}

function show(event: RunEvent, progress: Progress, words: Words): void {
  switch (event.status) {
    case 'queued':
      progress.update(words.planning, event.progress);
      return;
    case 'plan':
      if (event.steps.length > 0)
        progress.note(`${words.plan}: ${event.steps.map(({ message }) => message).join(' → ')}`);
      return;
    case 'progress':
      if (event.state === 'finished') progress.done(event.message, event.durationMs ?? 0);
      else progress.update(event.message, event.progress);
  }
}
