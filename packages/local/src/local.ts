import { AtelierError, type Backend } from '@atelier/sdk';
import { createAdjust } from './adjust/adjust.ts';
import { createAsk } from './ask/ask.ts';
import { createDetect } from './detect/detect.ts';
import { createRemove } from './remove/create-remove.ts';
import { createSegment } from './segment/create-segment.ts';
import { createWorkerPool } from './worker/pool.ts';

export interface LocalOptions {
  /** Most worker threads. Default: one less than the processors, at least 1. @example local({ threads: 2 }) */
  readonly threads?: number;
}

/**
 * The embedded backend: looks, cuts out, removes and adjusts on this machine's processor, with nothing to download and
 * no key. Threads start at the first call and do not keep the process alive. It cannot paint from words.
 */
export function local(options: LocalOptions = {}): Backend {
  checkNode();
  const pool = createWorkerPool(options.threads === undefined ? {} : { size: options.threads });
  const runTask: typeof pool.run = (task, input, runOptions) => pool.run(task, input, runOptions);
  const detect = createDetect(runTask);
  const segment = createSegment(runTask);
  return {
    name: 'local',
    capabilities: {
      ask: createAsk({ detect, segment }),
      detect,
      segment,
      remove: createRemove(runTask),
      adjust: createAdjust(runTask),
    },
    close: () => pool.close(),
  };
}

/** Worker threads use what Node 22 brought; without this check they would fail one by one with errors about exports. */
function checkNode(): void {
  if (Number.parseInt(process.versions.node, 10) >= 22) return;
  throw new AtelierError({
    code: 'backend-failed',
    message: `@atelier/local needs Node 22 or later; this is ${process.version}.`,
    hint: 'Run the program with a newer Node; in the repository, `npx node FILE` is one.',
  });
}
