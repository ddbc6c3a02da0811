import { checkOf } from '../intents/check.ts';
import { existenceAsked } from '../intents/existence-asked.ts';
import type { Guard, Intent } from '../intents/intent.ts';
import type { Clause } from './clause.ts';
import type { Condition } from './condition.ts';
import { seen } from './condition.ts';
import { type Context, contextAfter } from './context.ts';
import { isThing, pronoun } from './frames/english-thing.ts';
import { intentsOf } from './frames/frame-intents.ts';
import type { Language } from './language.ts';
import { wantsMending } from './mending.ts';
import { withNounForOne } from './one-phrases.ts';
import type { Part, ReadPremise } from './part.ts';
import { withoutPoliteness } from './politeness.ts';
import { readClause } from './read-clause.ts';

/** What is known while a text is read, part by part. */
export interface Progress {
  readonly intents: readonly Intent[];
  readonly context: Context;
  /** What the next requests wait for. */
  readonly guards: readonly Guard[];
  /** What "if so" takes up: a condition that was only spoken of, or a check that is among the intents. */
  readonly open?: { readonly condition: Condition } | { readonly check: Intent } | undefined;
  /** The mending of the last fault that was complained of. */
  readonly fault?: string | undefined;
}

export interface Setting {
  readonly language: Language;
  readonly answerIn?: Language | undefined;
  readonly context: Context;
}

type Request = Extract<Part, { kind: 'request' }>;

export type CarriedOut = Progress | { readonly failed: Clause };

/** Takes in one part; `failed` where it makes no sense. */
export function carryOut(now: Progress, part: Part, setting: Setting): CarriedOut {
  switch (part.kind) {
    case 'aside':
      return now;
    case 'declined':
      // "the red one" after "leave the blue cup": one is a cup.
      return part.thing === undefined
        ? now
        : { ...now, context: { ...now.context, ...declinedThing(part.thing, now, setting) } };
    case 'anyway':
      return { ...now, guards: [] };
    case 'topic':
      return spokenOf(now, part.thing, setting);
    case 'fault':
      return {
        ...now,
        fault: part.mend,
        ...(part.thing === undefined ? {} : { context: { ...now.context, it: part.thing, one: part.thing } }),
      };
    case 'look':
      return { ...lookedFor(now, part.condition), open: { condition: part.condition } };
    case 'premise':
      return withPremise(now, part.premise, setting);
    case 'afterthought':
      return withAfterthought(now, part.premise, setting);
    case 'request':
      return withRequest(now, part, setting);
  }
}

/** "don't blur the face, pixelate it": a thing that is spoken of first, though for what is not to be done to it. */
const declinedThing = (thing: string, { intents }: Progress, { language }: Setting): Pick<Context, 'it' | 'one'> =>
  intents.length === 0 && language === 'en' && isThing(thing) && !pronoun.test(thing)
    ? { it: thing, one: thing }
    : { one: thing };

/** "the one in the middle" is one of what was spoken of before. */
function spokenOf(now: Progress, words: string, { language }: Setting): Progress {
  const thing = withNounForOne(words, language, now.context.one) ?? words;
  return { ...now, context: { ...now.context, it: thing, one: thing } };
}

function lookedFor(now: Progress, condition: Condition): Progress {
  return condition.kind === 'seen'
    ? { ...now, context: { ...now.context, it: condition.phrase, one: condition.phrase } }
    : now;
}

function withRequest(now: Progress, { text, frame }: Request, setting: Setting): CarriedOut {
  const bare = withoutPoliteness(text, setting.language);
  const mends = now.fault !== undefined && wantsMending(bare, setting.language);
  const clause: Clause = {
    ...setting,
    text: mends ? (now.fault ?? bare) : bare,
    verbatim: withoutConjunction(text),
    context: now.context,
  };
  const found = frame ? intentsOf(frame, clause) : readClause(clause);
  if (found.length === 0) return { failed: clause };
  const guarded = now.guards.length === 0 ? found : found.map((intent) => ({ ...intent, guards: now.guards }));
  const context = found.reduce((before, intent) => contextAfter(before, intent.leaves), now.context);
  const { fault: _fault, open: _open, ...rest } = now;
  const asked = found.at(-1)?.name === 'ask' ? existenceAsked(clause.verbatim) : undefined;
  const last = guarded.at(-1);
  const open = asked ? { condition: asked } : last?.name === 'ask' ? { check: last } : now.open;
  return { ...rest, intents: [...now.intents, ...guarded], context, ...(open === undefined ? {} : { open }) };
}

/** Adds the check that decides, unless there is one already; a question before it is answered by the check. */
function withPremise(now: Progress, premise: ReadPremise, setting: Setting): CarriedOut {
  const language = setting.answerIn ?? setting.language;
  const { open } = now;
  if (premise.kind === 'own' && !(open && 'check' in open && asksThat(open.check, premise.condition)))
    return guardedBy(now, premise.condition, premise.holds, language);
  if (open && 'check' in open) return { ...now, guards: [{ check: open.check, holds: premise.holds }] };
  if (open) {
    const last = now.intents.at(-1);
    const asked = last?.name === 'ask' ? { ...now, intents: now.intents.slice(0, -1) } : now;
    return guardedBy(asked, open.condition, premise.holds, language);
  }
  const { it } = now.context;
  return it === undefined ? nothingToTakeUp(now, setting) : guardedBy(now, seen(it), premise.holds, language);
}

/** 눈 감았어? 감았으면: the question that was asked already is not asked again. */
function asksThat({ steps: [step] }: Intent, condition: Condition): boolean {
  const asked = step.input.question;
  const stem =
    condition.kind === 'asked' ? /^(?<stem>[가-힣]{2,})나요\?$/.exec(condition.question)?.groups?.stem : undefined;
  return typeof asked === 'string' && stem !== undefined && asked.includes(stem);
}

const nothingToTakeUp = (now: Progress, setting: Setting): CarriedOut => ({
  failed: { ...setting, text: '', verbatim: '', context: now.context },
});

function guardedBy(now: Progress, condition: Condition, holds: boolean, language: Language): Progress {
  const check = checkOf(condition, language);
  return {
    ...now,
    intents: [...now.intents, check],
    // What is not there is not meant by "it".
    context: holds || isOfColour(condition) ? contextAfter(now.context, check.leaves) : now.context,
    guards: [{ check, holds }],
    open: { check },
  };
}

/** What has another colour is there all the same. */
const isOfColour = (condition: Condition): boolean => condition.kind === 'seen' && condition.about !== undefined;

/** Puts the check before the last request: of what it says itself or, for "if any", of the thing the request is about. */
function withAfterthought(now: Progress, premise: ReadPremise, setting: Setting): CarriedOut {
  const last = now.intents.at(-1);
  if (!last) return withPremise(now, premise, setting);
  const target = last.steps.findLast((step) => step.target !== undefined)?.target;
  const taken = premise.kind === 'that' && now.open && 'condition' in now.open ? now.open.condition : undefined;
  const condition =
    premise.kind === 'own' ? premise.condition : (taken ?? (target === undefined ? undefined : seen(target)));
  if (!condition) return now;
  const check = checkOf(condition, setting.answerIn ?? setting.language);
  // "if there's a bench, remove it, and brighten the door if there's a bicycle": the second deed has a condition of its own.
  const follows = now.intents.at(-2);
  const shares = follows !== undefined && follows.name !== 'check' && follows.guards === last.guards;
  const guarded: Intent = {
    ...last,
    guards: [...(shares ? [] : (last.guards ?? [])), { check, holds: premise.holds }],
  };
  const earlier = now.intents.slice(0, -1);
  // A question that the check answers is not asked as well.
  const kept = taken && earlier.at(-1)?.name === 'ask' ? earlier.slice(0, -1) : earlier;
  return { ...now, intents: [...kept, check, guarded], open: { check } };
}

const withoutConjunction = (words: string): string =>
  words.trim().replace(/^(?:(?:and then|and|then|but|그리고|그 ?다음에?|그런 다음에?|근데|그런데),? )+/i, '');
