import type { JSONValue, LanguageModelV4Prompt } from '@ai-sdk/provider';
import {
  type Aftermath,
  type ChosenThing,
  type Context,
  contextAfter,
  type Deed,
  noContext,
  type StandingEdit,
} from '../grammar/context.ts';
import { askedAbout } from '../intents/asked-about.ts';
import { madeThing } from '../intents/replace.ts';
import { subjectPhrase } from '../wording/target-words.ts';
import { readChoice, readCutOut, readDetections, readEdit } from '../wording/tool-results.ts';
import { currentImage } from './current-image.ts';
import { Photographs, pictureAfter, pictureBefore } from './pictures.ts';
import { type Exchange, readExchanges } from './turn.ts';

/**
 * What the messages before the last one leave to refer to. Read from the tool calls that worked, not from the words
 * people said: so it holds whatever brain made them, and what failed or was not allowed has left nothing.
 */
export function readPast(prompt: LanguageModelV4Prompt): Context {
  const last = Math.max(
    0,
    prompt.findLastIndex((message) => message.role === 'user'),
  );
  const past = new Past();
  for (const exchange of readExchanges(prompt.slice(0, last))) past.take(exchange);
  past.turnTo(currentImage(prompt.slice(0, last + 1)));
  return past.context;
}

/**
 * The thing that was chosen in earlier turns, followed through the edits of this one: where it is in the current picture.
 * Undefined where that is not known, as in a picture of another size, or in another photograph.
 */
export function chosenIn(
  chosen: ChosenThing | undefined,
  exchanges: readonly Exchange[],
  current: string | undefined,
): ChosenThing | undefined {
  let followed = chosen;
  for (const exchange of exchanges) followed = carried(followed, exchange, pictureBefore(exchange));
  return followed?.image === current ? followed : undefined;
}

/** Takes in tool calls, one after the other. */
class Past {
  context = noContext;
  /** How many things the last look found. */
  #found = 0;
  /** Before the thing was looked for that the next edit is about. */
  #atLastEdit = this.context;
  /** The picture that was spoken of last. */
  #at: string | undefined;
  readonly #photographs = new Photographs();
  readonly #edits = new Map<string, readonly StandingEdit[]>();

  take(exchange: Exchange): void {
    this.turnTo(pictureBefore(exchange));
    const before = this.#at;
    if (exchange.tool === 'detect_objects' && exchange.outcome.ok)
      this.#found = readDetections(exchange.outcome.output)?.length ?? 0;
    const made = aftermathOf(exchange, this.context, this.#found, before);
    if (made) this.#leave(exchange, made);
    const chosen = carried(this.context.chosen, exchange, before);
    const { chosen: _chosen, ...rest } = this.context;
    this.context = chosen ? { ...rest, chosen } : rest;
    if (made?.edit || made?.undoes || made?.otherPicture) this.#atLastEdit = this.context;
    const after = pictureAfter(exchange) ?? before;
    this.#photographs.note(exchange, before, after);
    // A picture that is opened begins anew, also where it was spoken of before.
    if (made?.otherPicture) this.#at = undefined;
    this.turnTo(after);
  }

  /** Goes on with a picture: words for things in another photograph mean nothing in this one. */
  turnTo(picture: string | undefined): void {
    if (picture === undefined) return;
    const from = this.#at === undefined ? undefined : this.#photographs.of(this.#at);
    const photograph = this.#photographs.of(picture);
    this.#at = picture;
    if (from === undefined || photograph === from) return;
    this.#edits.set(from, this.context.edits ?? []);
    this.context = { edits: this.#edits.get(photograph) ?? [] };
    this.#atLastEdit = this.context;
  }

  #leave(exchange: Exchange, made: Aftermath): void {
    if (made.otherPicture && this.#at !== undefined)
      this.#edits.set(this.#photographs.of(this.#at), this.context.edits ?? []);
    // The thing that a changed background lies around is not what the edit was about.
    const aside = exchange.tool === 'adjust_image' && exchange.input.region === 'background';
    const { it: _it, one: _one, ...edits } = contextAfter(this.context, made);
    const { edits: _edits, ...referents } = this.#atLastEdit;
    this.context = aside ? { ...referents, ...edits } : contextAfter(this.context, made);
  }
}

/** Where a chosen thing is after a call that was made on `before`: an edit of its picture keeps it in its place. */
function carried(
  chosen: ChosenThing | undefined,
  exchange: Exchange,
  before: string | undefined,
): ChosenThing | undefined {
  const { tool, input, outcome } = exchange;
  const after = pictureAfter(exchange);
  if (!chosen || !outcome.ok || chosen.image !== before || after === undefined || after === before) return chosen;
  const moves = input.operation === 'crop' || input.operation === 'straighten';
  return isEdit(tool) && !moves ? { ...chosen, image: after } : undefined;
}

const isEdit = (tool: string): boolean => ['remove_object', 'inpaint_image', 'adjust_image'].includes(tool);

/** What a tool call leaves; undefined where it failed, asked back or only looked at the picture as a whole. */
function aftermathOf(
  { tool, input, outcome }: Exchange,
  { one }: Context,
  found: number,
  image: string | undefined,
): Aftermath | undefined {
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
      return { ...refers(thing), ...whichOf(thing, outcome.output, found, image) };
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
function whichOf(
  phrase: string | undefined,
  output: unknown,
  found: number,
  image: string | undefined,
): Pick<Aftermath, 'chosen'> {
  if (phrase === undefined) return {};
  const cut = readCutOut(output);
  const one = cut?.box !== undefined && found > 1 && cut.things?.length === 1;
  return { chosen: one && cut?.box && image !== undefined ? { phrase, box: cut.box, image } : null };
}
