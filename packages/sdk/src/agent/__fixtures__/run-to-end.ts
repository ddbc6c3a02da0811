import { squareCapabilities } from '../../capabilities/__fixtures__/squares.ts';
import { atelier } from '../atelier.ts';
import type { Question, RunEvent } from '../events.ts';
import type { RunOptions } from '../run.ts';
import type { Session } from '../session.ts';
import { places, scriptedBrain, squareBackend, squares } from './scripted.ts';

export const image = await squares();
type Place = keyof typeof places;
export const box = (place: Place) => ({ ...places[place], width: 16, height: 16 });

interface Step {
  readonly tool: string;
  readonly target?: string;
  readonly conditional?: boolean;
}
export const plan = (...steps: readonly (string | Step)[]) => ({
  tool: 'plan',
  input: {
    steps: steps.map((step) =>
      typeof step === 'string' ? { tool: step, message: step } : { message: step.tool, ...step },
    ),
  },
});
export const remove = (place: Place, of = image.id) => ({
  tool: 'remove_object',
  input: { image: of, box: box(place) },
});
export const removeNamed = (phrase: string, more: object = {}) => ({
  tool: 'remove_object',
  input: { image: image.id, phrase, ...more },
});
export const adjust = (operation: string, parameters: object, more: object = {}) => ({
  tool: 'adjust_image',
  input: { image: image.id, operation, parameters, ...more },
});
export const undo = (edit?: string) => ({ tool: 'undo_edit', input: edit === undefined ? {} : { edit } });

const adjusting = { name: 'adjusting', capabilities: { adjust: squareCapabilities.adjust } };

/** Runs a prompt to its end, whichever it is. */
export async function end(session: Session, options: RunOptions = {}) {
  const run = session.run('go', options);
  const events: RunEvent[] = [];
  for await (const event of run.events) events.push(event);
  const questions = events.filter((event): event is RunEvent & Question => event.status === 'question');
  const outcome = await run.result.then(
    (result) => ({ result, error: undefined }),
    (error: unknown) => ({ result: undefined, error }),
  );
  return { ...outcome, events, questions, last: events.at(-1), history: await session.history() };
}

export type Script = Parameters<typeof scriptedBrain>[0];
export const open = (script: Script) =>
  atelier({ backends: [squareBackend(), adjusting], brain: scriptedBrain(script) }).session({ image });
export const runScript = (script: Script, options: RunOptions = {}) => end(open(script), options);
