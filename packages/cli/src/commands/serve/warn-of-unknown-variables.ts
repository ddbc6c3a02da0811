import type { CommandContext } from '../command.ts';
import { warn } from '../triton/environment/tell.ts';
import { unknownVariables } from '../triton/up/unknown-variables.ts';
import type { ServeWords } from './words.ts';

/** A misspelt setting is told, and no reason not to start. Settings of the models are read by another command. */
export function warnOfUnknownVariables(context: CommandContext, words: ServeWords): void {
  for (const { name, meant } of unknownVariables(context.io.env, [])) {
    if (meant !== undefined) warn(context, words.unknownVariable(name, meant));
  }
}
