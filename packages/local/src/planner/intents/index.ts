import type { IntentGrammar } from './intent.ts';
import { remove } from './remove.ts';

/** Every kind of request, in the order they are tried: the first that understands a clause has it. */
export const intentGrammars: readonly IntentGrammar[] = [remove];
