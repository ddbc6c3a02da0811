import { appendFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Backend } from '@atelier/sdk';
import { findPixelOperation, parseParameters } from '@atelier/sdk/adjust';

export interface SlowBackendOptions {
  /** Milliseconds each adjustment takes. */
  readonly time: number;
  /** A file to note each beginning in: `OPERATION IMAGE`, one a line. */
  readonly journal?: string | undefined;
}

/** Adjusts as the embedded backend does, in as long as is asked, and keeps a journal of what it ran. */
export const slowBackend = ({ time, journal }: SlowBackendOptions): Backend => ({
  name: 'slow',
  capabilities: {
    adjust: {
      model: 'adjust',
      able: () => true,
      async run({ image, operation, parameters, alpha }, { signal }) {
        if (journal !== undefined) appendFileSync(journal, `${operation} ${image.id}\n`);
        await delay(time, undefined, signal ? { signal } : {});
        const { width, height, data } = image;
        const found = findPixelOperation(operation);
        return { width, height, data: found.apply({ width, height, data }, parseParameters(found, parameters), alpha) };
      },
    },
  },
});
