import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Split } from '../examples.ts';
import { planMistakes } from './check-plan.ts';
import { plannedDeeds } from './deeds.ts';
import type { Task } from './tasks.ts';

export interface OtherWords {
  readonly tasks: number;
  /** Share of the plans that are as expected. */
  readonly planAccuracy: number;
  /** Of the validation split alone, for whoever works on the planner. */
  readonly failures: readonly { readonly words: string; readonly mistakes: readonly string[] }[];
}

/**
 * Plans for the same tasks in the words of people who knew neither the planner nor how the tasks are worded: those were
 * made together. The words of the test split were written once and are only counted: whoever reads them has spent them.
 */
export async function planOtherWords(tasks: readonly Task[], split: Split): Promise<OtherWords> {
  const file = new URL(`../../agent/other-words/${split}.json`, import.meta.url);
  const words = z.record(z.string(), z.string()).parse(JSON.parse(await readFile(file, 'utf8')));
  const planned: OtherWords['failures'][number][] = [];
  for (const task of tasks) {
    const said = words[task.name];
    // There are a hundred of each split.
    if (said !== undefined) planned.push({ words: said, mistakes: planMistakes(task, await plannedDeeds(said)) });
  }
  const failures = planned.filter(({ mistakes }) => mistakes.length > 0);
  return {
    tasks: planned.length,
    planAccuracy: 1 - failures.length / planned.length,
    failures: split === 'validation' ? failures : [],
  };
}
