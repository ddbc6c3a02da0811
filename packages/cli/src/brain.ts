import { UsageError } from './usage-error.ts';

/** Who plans. */
export type BrainName = 'planner';

/**
 * The brain that `--brain`, or else `ATELIER_BRAIN`, names; by default the built-in planner.
 * A key that happens to lie in the environment is never a reason to choose another: pictures would be sent there unasked.
 */
export function chooseBrain(option: string | undefined, env: Readonly<Record<string, string | undefined>>): BrainName {
  const name = option ?? (env.ATELIER_BRAIN || 'planner');
  if (name === 'planner') return name;
  const from = option === undefined ? 'ATELIER_BRAIN' : '--brain';
  throw new UsageError(
    `${from} names the brain "${name}", which this version does not have`,
    'the built-in one is called planner',
  );
}
