import { randomUUID } from 'node:crypto';
import type { Question, RunEvent } from './events.ts';
import type { QuestionAnswer, RunPort } from './run-port.ts';

export interface MemoryPortOptions {
  readonly emit: (event: RunEvent) => void;
  /** Called for every question; undefined means nobody can answer. */
  readonly answer?:
    | ((question: Question) => QuestionAnswer | undefined | Promise<QuestionAnswer | undefined>)
    | undefined;
}

/** The default port: nothing is recorded, and a run ends with its process. */
export const memoryPort = ({ emit, answer }: MemoryPortOptions): RunPort => ({
  step: (_id, work) => work(),
  emit,
  ask: async (question) => answer?.(question),
  now: () => Date.now(),
  newId: (prefix) => `${prefix}_${randomUUID().replaceAll('-', '')}`,
});
