import type { CommandContext } from '../../command.ts';
import { warn } from '../environment/tell.ts';
import type { HealingEvent } from './supervise.ts';
import type { UpWords } from './words.ts';

/** A line on standard error, also with `--quiet`. */
export function tellHealing(event: HealingEvent, context: CommandContext, words: UpWords): void {
  warn(context, healingText(event, words));
}

export function healingText(event: HealingEvent, words: UpWords): string {
  const { model } = event;
  switch (event.kind) {
    case 'died':
      return words.modelDied(model, event.end, event.outOfMemory);
    case 'back':
      return words.modelBack(model, event.seconds);
    case 'failed':
      return event.reason === undefined ? words.modelDiedAgain(model) : words.modelFailed(model, event.reason);
    case 'given-up':
      return words.modelGivenUp(model);
  }
}
