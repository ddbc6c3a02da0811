import { setTimeout as sleep } from 'node:timers/promises';
import type { Backend } from '@atelier/sdk';
import { expect } from 'vitest';

/** A detector that looks until it is told to stop or let go, and says who is looking. */
export function patientDetector() {
  const state = { looking: 0, stopped: 0, phrases: [] as string[], letGo: () => {} };
  const gate = new Promise<void>((resolve) => {
    state.letGo = resolve;
  });
  const backend: Backend = {
    name: 'patient',
    capabilities: {
      detect: {
        model: 'eye',
        able: () => true,
        async run({ phrases }, { signal }) {
          state.looking += 1;
          state.phrases.push(...phrases);
          const stop = new Promise<never>((_, reject) => {
            signal?.addEventListener('abort', () => {
              state.stopped += 1;
              reject(signal.reason);
            });
          });
          await Promise.race([gate, stop]);
          return [];
        },
      },
    },
  };
  return { state, backend };
}

/** Waits for it, with a wide margin against hanging. */
export async function until(condition: () => boolean): Promise<void> {
  for (let wait = 0; !condition() && wait < 2000; wait++) await sleep(10);
  expect(condition()).toBe(true);
}
