import { readTarget } from '@atelier/sdk/adjust';
import { adjust, onlyOfThings } from '../../intents/adjust.ts';
import { detect } from '../../intents/detect.ts';
import type { Intent } from '../../intents/intent.ts';
import { remove } from '../../intents/remove.ts';
import { replace } from '../../intents/replace.ts';
import { segment } from '../../intents/segment.ts';
import { subjectPhrase } from '../../wording/target-words.ts';
import type { Clause } from '../clause.ts';
import { mayMeanPicture, targetPhrases } from '../target-phrases.ts';
import type { Act, Frame } from './frame.ts';

const wholeThing =
  /^(?:(?:이 |그 |저 |내 )*(?:사진|이미지|그림|화면|샷)(?:은|는|을|를|도|만|이|가)?)? ?(?:(?:좀 |더 )*(?:전체적으로|전체|통째로|전반적으로|다|전부|모두|싹 다|싹)(?:을|를|도|만)?)?$|^(?:the |this |that |my |whole |entire |complete |overall )*(?:picture|photo|photograph|image|pic|shot|snap|thing|lot)(?: (?:overall|as a whole|in general))?$|^(?:everything(?: else)?|the rest|all|it all|the lot|overall)$/i;

/** The intents that a frame asks for; empty where its thing is not known. */
export function intentsOf({ act, thing }: Frame, clause: Clause): readonly Intent[] {
  const language = clause.answerIn ?? clause.language;
  if (act.kind === 'adjust') return adjustments(act, thing, clause);
  const targets = thing === '' ? lastNamed(clause) : targetPhrases(thing, clause);
  if (targets.length === 0 || targets.some((target) => wholeThing.test(target.trim()))) return [];
  if (act.kind === 'detect') return [detect.of({ phrases: targets }, language)];
  if (act.kind === 'replace') return targets.map((target) => replace.of({ target, prompt: act.prompt }, language));
  const { of } = act.kind === 'remove' ? remove : segment;
  return targets.map((target) => of({ target }, language));
}

/** English leaves the thing out in few orders: "go with a dark green". */
const lastNamed = ({ context: { it }, language, text }: Clause): readonly string[] =>
  it === undefined || (language === 'en' && !/^(?:go|try|do|make)\b/i.test(text)) ? [] : [it];

type Adjust = Extract<Act, { kind: 'adjust' }>;

function adjustments({ operation, parameters, region }: Adjust, thing: string, clause: Clause): readonly Intent[] {
  const language = clause.answerIn ?? clause.language;
  const words = clause.answerIn === undefined || clause.answerIn === clause.language ? clause.text : undefined;
  const make = (where: 'subject' | 'background' | 'everything', target: string | undefined): Intent =>
    adjust.of({ operation, parameters, region: where, target, words }, language);
  if (operation === 'straighten') return [make('everything', undefined)];
  const read =
    thing === '' || (clause.language === 'en' && /'s$/.test(thing))
      ? { region: 'subject' as const, target: thing }
      : readTarget(thing.toLowerCase());
  const where = region ?? (thing !== '' && wholeThing.test(thing) ? 'everything' : read.region);
  const named = read.target === undefined ? '' : asWritten(read.target, thing);
  if (where === 'background') {
    if (named === '' || wholeThing.test(named)) return [make(paints(operation), subjectPhrase)];
    const targets = targetPhrases(named, clause);
    // "put it on a white background" where "it" is gone: the picture's subject is meant.
    if (targets.length === 0 && region === 'background' && mayMeanPicture(named, clause.language))
      return [make(paints(operation), subjectPhrase)];
    return targets.length === 0 ? [] : [make(paints(operation), targets.length === 1 ? targets[0] : named)];
  }
  if (where === 'everything')
    return onlyOfThings.has(operation) || operation === 'crop' ? [] : [make('everything', undefined)];
  const targets = named === '' ? lastNamed(clause) : targetPhrases(named, clause);
  if (targets.length > 0) return targets.map((target) => make('subject', target));
  const asPicture = named === '' || mayMeanPicture(named, clause.language);
  return asPicture &&
    !onlyOfThings.has(operation) &&
    operation !== 'crop' &&
    // Nobody hides a whole picture.
    !(operation === 'pixelate' && clause.language === 'ko') &&
    clause.context.it === undefined
    ? [make('everything', undefined)]
    : [];
}

/** A crop keeps the thing in either case. */
const paints = (operation: string): 'background' | 'subject' => (operation === 'crop' ? 'subject' : 'background');

function asWritten(target: string, text: string): string {
  const start = text.toLowerCase().indexOf(target);
  return start === -1 ? target : text.slice(start, start + target.length);
}
