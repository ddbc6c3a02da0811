import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { type Aftermath, type Context, contextAfter, noContext } from '../grammar/context.ts';
import { madeThing } from '../intents/replace.ts';
import { subjectPhrase } from '../wording/target-words.ts';
import { readChoice, readEdit } from '../wording/tool-results.ts';
import { type Exchange, readExchanges } from './turn.ts';

/**
 * What the messages before the last one leave to refer to. Read from the tool calls that worked, not from the words
 * people said: so it holds whatever brain made them, and what failed or was not allowed has left nothing.
 */
export function readPast(prompt: LanguageModelV4Prompt): Context {
  const last = prompt.findLastIndex((message) => message.role === 'user');
  let context = noContext;
  /** Before the thing was looked for that the next edit is about. */
  let atLastEdit = context;
  for (const exchange of readExchanges(prompt.slice(0, Math.max(0, last)))) {
    const made = aftermathOf(exchange);
    if (!made) continue;
    // The thing that a changed background lies around is not what the edit was about.
    const aside = exchange.tool === 'adjust_image' && exchange.input.region === 'background';
    const { it: _it, one: _one, ...edits } = contextAfter(context, made);
    const { edits: _edits, ...referents } = atLastEdit;
    context = aside ? { ...referents, ...edits } : contextAfter(context, made);
    if (made.edit || made.undoes || made.otherPicture) atLastEdit = context;
  }
  return context;
}

/** What a tool call leaves; undefined where it failed, asked back or only looked at the picture as a whole. */
function aftermathOf({ tool, input, outcome }: Exchange): Aftermath | undefined {
  if (!outcome.ok || readChoice(outcome.output)) return undefined;
  const text = (name: string): string | undefined => (typeof input[name] === 'string' ? input[name] : undefined);
  const thing = text('phrase') === subjectPhrase ? undefined : text('phrase');
  const refers = (words: string | undefined): Aftermath =>
    words === undefined ? {} : { refers: { it: words, one: words } };
  const edited = readEdit(outcome.output);
  const { edit: id, undone } = outcome.output;
  const as = (kind: string): Aftermath => ({ edit: { kind, ...(typeof id === 'string' ? { id } : {}) } });
  switch (tool) {
    case 'detect_objects': {
      const [phrase, ...others] = Array.isArray(input.phrases) ? input.phrases : [];
      return typeof phrase === 'string' && others.length === 0 ? refers(phrase) : undefined;
    }
    case 'segment_object':
      return refers(thing);
    case 'remove_object':
      return edited && { refers: thing === undefined ? {} : { one: thing }, ...as('remove') };
    case 'inpaint_image':
      return (
        edited && {
          refers: { it: madeThing(text('prompt') ?? 'the new thing'), ...(thing === undefined ? {} : { one: thing }) },
          ...as('replace'),
        }
      );
    case 'adjust_image':
      return edited && { ...refers(thing), ...as(text('operation') ?? 'adjust') };
    case 'undo_edit':
      return { undoes: typeof undone === 'string' ? { id: undone } : {} };
    case 'load_image':
    case 'generate_image':
      return { otherPicture: true };
    default:
      return undefined;
  }
}
