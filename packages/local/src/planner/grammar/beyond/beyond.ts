import type { Intent } from '../../intents/intent.ts';
import type { Language } from '../language.ts';
import { englishBeyond } from './english.ts';
import { koreanBeyond } from './korean.ts';

/**
 * What was asked for that no plan can hold: to turn or mirror; to add to the picture; another size or place; what a thing
 * shall not be; a part of a thing that shall stay as it is; and words that a wrong reading would take for a thing.
 */
export type BeyondKind = 'turn' | 'add' | 'size' | 'negation' | 'exception' | 'unread';

export interface Beyond {
  readonly kind: BeyondKind;
  /** The words that say so. */
  readonly words: string;
}

/** An edit that a sentence was read as. */
export interface ReadEdit {
  readonly tool: string;
  /** Words for the thing; empty where it is the whole picture. */
  readonly target: string;
  /** Of adjustments alone. */
  readonly operation?: string;
  readonly region?: string;
  readonly colour?: string;
}

/** The words of a sentence that its reading would drop or turn round: half a request is a wrong one. Undefined where there are none. */
export function beyondIn(sentence: string, intents: readonly Intent[], language: Language): Beyond | undefined {
  const edits = intents.flatMap(editOf);
  if (edits.length === 0) return undefined;
  return language === 'ko' ? koreanBeyond(sentence, edits) : englishBeyond(sentence, edits);
}

const editTools: ReadonlySet<string> = new Set(['remove_object', 'inpaint_image', 'adjust_image', 'undo_edit']);

function editOf({ steps }: Intent): readonly ReadEdit[] {
  const step = steps.findLast(({ tool }) => editTools.has(tool));
  if (!step) return [];
  const { operation, region, parameters } = step.input;
  const colour =
    typeof parameters === 'object' && parameters !== null && 'colour' in parameters ? parameters.colour : undefined;
  return [
    {
      tool: step.tool,
      target: step.target ?? '',
      ...(typeof operation === 'string' ? { operation } : {}),
      ...(typeof region === 'string' ? { region } : {}),
      ...(typeof colour === 'string' ? { colour } : {}),
    },
  ];
}
