import { adjust } from './adjust.ts';
import { question } from './ask.ts';
import { detect } from './detect.ts';
import { generatePicture } from './generate.ts';
import type { IntentGrammar } from './intent.ts';
import { load } from './load.ts';
import { remove } from './remove.ts';
import { replace } from './replace.ts';
import { segment } from './segment.ts';
import { undo } from './undo.ts';

/**
 * Every kind of request, in the order they are tried: the first that understands a clause has it. Questions come before
 * whatever their words might mean as orders; adjustments before replacing ("change the cup to blue") and removing
 * ("remove the background"); the loosest last.
 */
export const intentGrammars: readonly IntentGrammar[] = [
  undo,
  load,
  question,
  generatePicture,
  adjust,
  replace,
  remove,
  segment,
  detect,
];
