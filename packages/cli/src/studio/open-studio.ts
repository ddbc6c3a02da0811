import type { AtelierOptions, Studio } from '@atelier/sdk';

/** The backends of this version, in order of preference. */
export const backendNames: readonly string[] = ['local'];

/** Opens a studio, lends it, and frees its threads. Loading it takes time, so it comes after everything that can fail fast. */
export async function withStudio<Value>(
  work: (studio: Studio) => Promise<Value>,
  { roots }: Pick<AtelierOptions, 'roots'> = {},
): Promise<Value> {
  const [{ atelier }, { local, planner }] = await Promise.all([import('@atelier/sdk'), import('@atelier/local')]);
  const studio = atelier({ backends: [local()], brain: planner(), roots });
  try {
    return await work(studio);
  } finally {
    await studio.close();
  }
}
