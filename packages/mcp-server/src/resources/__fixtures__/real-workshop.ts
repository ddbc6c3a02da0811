import { readFile } from 'node:fs/promises';
import { local, planner } from '@atelier/local';
import { atelier } from '@atelier/sdk';
import { inProcessWorkshops } from '../../workshop/in-process/in-process-workshops.ts';
import type { Principal, Workshop, Workshops } from '../../workshop/workshop.ts';

export const photo = (name: string): Promise<Uint8Array> =>
  readFile(new URL(`../../../../../photos/${name}`, import.meta.url));

/** Workshops over the local backend and the built-in planner, all in memory. */
export const realWorkshops = (): Workshops =>
  inProcessWorkshops({
    studio: async () => atelier({ backends: [local()], brain: planner() }),
    approve: 'never',
  });

export const somebody = (scope = 'default'): Principal => ({ scope, may: { look: true, edit: true } });

/** A workshop with a photograph in a session, and an edit of it. */
export async function workshopWithAnEdit(workshops: Workshops) {
  const workshop = workshops.of(somebody());
  const file = await photo('two-cups.png');
  const { id: image } = await workshop.takeBytes(file, { session: 'kitchen' });
  const { output } = await workshop.call({
    tool: 'adjust_image',
    input: { image, operation: 'brighten', parameters: { amount: 0.2 }, region: 'everything' },
    session: 'kitchen',
    language: 'en',
  });
  return { workshop, file, image, edited: String(output.image), mask: String(output.mask), edit: String(output.edit) };
}

/** The workshop with some of its methods done otherwise. */
export const otherwise = (workshop: Workshop, changed: Partial<Workshop>): Workshop =>
  new Proxy(workshop, {
    get(target, name) {
      const value: unknown = Reflect.get(changed, name) ?? Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
