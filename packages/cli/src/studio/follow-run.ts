import type { Run, RunEvent, RunResult } from '@atelier/sdk';
import type { Words } from '../messages.ts';
import type { Progress } from '../terminal/progress.ts';
import { showWords } from '../terminal/show-words.ts';

/** Shows what a run tells until it ends. Rejects with the run's error. */
export async function followRun(run: Run, progress: Progress, words: Words): Promise<RunResult> {
  let onText = showWords(progress);
  for await (const event of run.events) {
    if (event.status === 'token') onText(event.text);
    else {
      // What is written after a step is another text.
      onText = showWords(progress);
      show(event, progress, words);
    }
  }
  return run.result;
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
