import type { JSONValue, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { type Aftermath, type Context, contextAfter, type Deed, noContext } from '../grammar/context.ts';
import { askedAbout } from '../intents/asked-about.ts';
import { madeThing } from '../intents/replace.ts';
import { subjectPhrase } from '../wording/target-words.ts';
import { readChoice, readCutOut, readDetections, readEdit } from '../wording/tool-results.ts';
import { type Exchange, readExchanges } from './turn.ts';

/**
 * What the messages before the last one leave to refer to. Read from the tool calls that worked, not from the words
 * people said: so it holds whatever brain made them, and what failed or was not allowed has left nothing.
 */
export function readPast(prompt: LanguageModelV4Prompt): Context {
  const last = prompt.findLastIndex((message) => message.role === 'user');
  let context = noContext;
  /** How many things the last look found. */
  let found = 0;
  /** Before the thing was looked for that the next edit is about. */
  let atLastEdit = context;
  for (const exchange of readExchanges(prompt.slice(0, Math.max(0, last)))) {
    if (exchange.tool === 'detect_objects' && exchange.outcome.ok)
      found = readDetections(exchange.outcome.output)?.length ?? 0;
    const made = aftermathOf(exchange, context, found);
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
function aftermathOf({ tool, input, outcome }: Exchange, { one }: Context, found: number): Aftermath | undefined {
  if (!outcome.ok || readChoice(outcome.output)) return undefined;
  const text = (name: string): string | undefined => (typeof input[name] === 'string' ? input[name] : undefined);
  const thing = text('phrase') === subjectPhrase ? undefined : text('phrase');
  const refers = (words: string | undefined): Aftermath =>
    words === undefined ? {} : { refers: { it: words, one: words } };
  const edited = readEdit(outcome.output);
  const { edit: id, undone, replayed } = outcome.output;
  // A mask was cut out just before, from the words that were spoken of last.
  const changed = thing ?? (text('mask') === undefined ? undefined : one);
  const as = (kind: string, deed: Deed, on = changed): Aftermath => ({
    edit: { kind, deed, ...(typeof id === 'string' ? { id } : {}), ...(on === undefined ? {} : { thing: on }) },
  });
  switch (tool) {
    case 'ask_image':
      return askedAbout(text('question') ?? '');
    case 'detect_objects': {
      const [phrase, ...others] = Array.isArray(input.phrases) ? input.phrases : [];
      return typeof phrase === 'string' && others.length === 0 ? refers(phrase) : undefined;
    }
    case 'segment_object':
      return { ...refers(thing), ...whichOf(thing, outcome.output, found) };
    case 'remove_object':
      return (
        edited && { refers: thing === undefined ? {} : { one: thing }, ...as('remove', { tool: 'remove_object' }) }
      );
    case 'inpaint_image': {
      const prompt = text('prompt') ?? 'the new thing';
      return (
        edited && {
          refers: { it: madeThing(prompt), ...(thing === undefined ? {} : { one: thing }) },
          ...as('replace', { tool: 'inpaint_image', prompt }),
        }
      );
    }
    case 'adjust_image': {
      const operation = text('operation') ?? 'adjust';
      const on = input.region === 'background' ? 'background' : input.region === 'everything' ? undefined : changed;
      const deed: Deed = { tool: 'adjust_image', operation, parameters: readParameters(input.parameters) };
      return edited && { ...refers(thing), ...as(operation, deed, on) };
    }
    case 'undo_edit':
      return {
        undoes: {
          ...(typeof undone === 'string' ? { id: undone } : {}),
          ...(input.later === 'drop' ? { later: 'drop' } : {}),
          ...(Array.isArray(replayed) ? { replayed: replayed.filter((each) => typeof each === 'string') } : {}),
        },
      };
    case 'load_image':
    case 'generate_image':
      return { otherPicture: true };
    default:
      return undefined;
  }
}

/** Tool inputs are JSON by contract. */
const readParameters = (value: unknown): Readonly<Record<string, JSONValue>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...(value as Record<string, JSONValue>) }
    : {};

/** The one thing that was cut out, where several were found: what the same words mean from then on. */
function whichOf(phrase: string | undefined, output: unknown, found: number): Pick<Aftermath, 'chosen'> {
  if (phrase === undefined) return {};
  const cut = readCutOut(output);
  const one = cut?.box !== undefined && found > 1 && cut.things?.length === 1;
  return { chosen: one && cut?.box ? { phrase, box: cut.box } : null };
}
