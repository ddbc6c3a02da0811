import { singularForms } from '../../../detect/singular.ts';
import { capital } from '../../wording/capital.ts';
import { type Condition, coloured, seen } from '../condition.ts';
import type { Context } from '../context.ts';
import { anyColour, colourOf } from '../frames/english-colour.ts';
import { isThing } from '../frames/english-thing.ts';
import type { ReadPremise } from '../part.ts';

const place =
  '(?:,? (?:at all|anywhere|somewhere|visible|present|readable|legible|showing|lurking(?: \\w+)?|about|around|already|still|too|here|there|in (?:here|there|it|this|that|shot|frame|view|(?:the|this|my|that) (?:picture|photo|photograph|image|pic|shot|snap|scene|frame|background|one))|on (?:here|there|it)|hiding(?: \\w+)?|hanging about|left|then))*';
const so =
  /^(?:so|yes|yep|yeah|yup|(?:it|they) exists?|(?:it|he|she|they) did|it (?:is|does|has|was)|it's (?:so|there|true)|there (?:is|are|was|were|happens to be)(?: (?:one|any|some))?|there's one|they (?:are|do|is)|you (?:do|can|find|see|spot|did)(?: (?:see|find|spot))?(?: (?:one|it|any|them|some))?|that's (?:so|the case|true|right)|true|any|some|present|visible|found|(?:he|she|it|they)(?:'s| is| are| was| were| made it| shows? up| showed up| appears?)(?: there| in(?:to)? (?:it|there|here|(?:the|this|my) (?:picture|photo|shot|frame|image|pic)))?)$/i;
const not =
  /^(?:not|no|nope|none|it (?:isn't|is not|doesn't|hasn't|wasn't)|it's (?:not|empty)|it's (?:any |some )?(?:another|other) colou?r|there (?:isn't|aren't|is not|are not|is none|are none|'s none)(?: (?:one|any))?|there's (?:not|none|nothing|no one)|you (?:can't|cannot|don't|do not)(?: (?:see|find|spot))?(?: (?:one|it|any|them))?|they (?:aren't|don't)|nothing|absent|empty|false)$/i;

const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const number = `(?:${numbers.join('|')}|\\d+)`;
const counted = new RegExp(
  `^(?:(?<over>more than|over|above)|(?<least>at least|no (?:fewer|less) than)|(?<under>fewer than|less than|under)|(?<most>at most|no more than|up to)|(?<exact>exactly|only|just))? ?(?<number>${number})(?<more> or more|\\+| or fewer)? (?<thing>.+)$`,
  'i',
);

/** The thing of "any dogs anywhere", as a detector is asked for it; undefined where the words name none. */
function thingOf(words: string): string | undefined {
  const bare = words.replace(new RegExp(`${place}$`, 'i'), '').trim();
  if (
    /^(?:any ?(?:body|one)|some ?(?:body|one)|any people|people|persons?|folks?|any (?:person|human)|humans?)(?: else)?$/i.test(
      bare,
    )
  )
    return 'person';
  const noun = bare
    .replace(/ (?:too|as well|also)\b.*$/i, '')
    .replace(/^(?:(?:an?|any|some|the|another|other|any other|still|also) )+/i, '')
    .replace(/ (?:too|as well|also)$/i, '')
    .replace(
      / (?:parked|dangling|lying|standing|sitting|hiding|showing|peeking|poking|readable|legible|recogni[sz]able|visible|stuck|lurking|floating|running|walking)\b.*$/i,
      '',
    );
  if (/^(?:it|them|that|this|something|anything|everything|(?:.+ )?ones?)$/i.test(noun)) return undefined;
  return noun !== '' && isThing(noun) ? noun : undefined;
}

/** "if it's three or more", "if there are fewer than five": of what was spoken of. */
const bareCount = new RegExp(
  `^(?:(?:it|that|there|they|the (?:number|count|total|answer))(?:'s|'re| is| are)? |(?:you|i|we)(?: can)? (?:count|see|find|get) )?(?<count>(?:(?:more than|over|above|at least|no (?:fewer|less) than|fewer than|less than|under|at most|no more than|up to|exactly|only|just) )?${number}(?: or more| or fewer|\\+)?)(?: of (?:them|those))?$`,
  'i',
);

function countOf(text: string, { it, one }: Context): Condition | undefined {
  const count = bareCount.exec(text)?.groups?.count;
  const thing = one ?? it;
  // "if there's one" asks whether there is any.
  if (count === undefined || thing === undefined || /^(?:one|1)$/i.test(count)) return undefined;
  return countedThing(
    `${count.replace(/ or less$/i, ' or fewer')} ${thing.replace(/^(?:the|all|any|my|those|these) /i, '')}`,
  );
}

function countedThing(words: string): Condition | undefined {
  const groups = counted.exec(words)?.groups;
  if (!groups) return undefined;
  const thing = thingOf(groups.thing);
  if (thing === undefined) return undefined;
  const position = numbers.indexOf(groups.number.toLowerCase());
  const count = position >= 0 ? position : Number(groups.number);
  if (groups.over) return seen(thing, count + 1);
  if (groups.under) return seen(thing, 0, count - 1);
  if (groups.most || groups.more === ' or fewer') return seen(thing, 0, count);
  if (groups.exact) return seen(thing, count, count);
  return seen(thing, count);
}

const existence: readonly RegExp[] = [
  /^there(?:'s| is| are| was| were| happens to be| happen to be| seems to be| seem to be| should be)(?<neg>(?: still)? (?:no|not (?:an?|any)|not)\b|n't (?:an?|any)\b)? ?(?<thing>.+)$/i,
  /^there (?:isn't|aren't) (?<none>(?:an?|any)?) ?(?<thing>.+)$/i,
  /^(?:should )?there (?:happen to )?be (?<thing>.+)$/i,
  /^(?:you|we|i)(?: can| could| do| happen to| should| might)?(?<neg> not)?(?: (?:happen to|manage to|ever|still|also|already))* (?:see|find|spot|notice|detect|make out|come across|come upon|run into|identify|recogni[sz]e|have|got|caught|catch)(?: (?<none>no|not any))? (?<thing>.+)$/i,
  /^(?<thing>.+?)(?:'s| is| are)(?<neg> not|n't)? (?:there|present|visible|around|showing|about|anywhere|somewhere|(?:standing |sitting |lurking |hanging about |left |still )?(?:in|on|behind|at) (?:it|here|there|shot|frame|view|(?:the|this) (?:picture|photo|image|pic|shot|frame|scene|background|back|foreground|corner)))$/i,
  /^(?:it|this|that|(?:the|this|my) (?:picture|photo|image|pic|shot|scene|one)|he|she|they|we've|it's)(?: has| have| contains| shows| includes| got)(?: got)?(?<neg> no| not any)? (?<thing>.+)$/i,
  /^(?:he|she|it|they|we|you|i|someone|somebody|anyone|anybody|(?:the|that|my|our|his|her) \w+)(?:'s|'re| is| are)(?<neg> not)?(?: still| also| really| actually)? (?:wearing|holding|carrying) (?<thing>(?:an?|any|some|the|his|her|their|no|my|that) .+)$/i,
  /^(?<thing>.+?) (?:shows? up|appears?|pops? up|turns? up|made it (?:in|into).*|got in(?:to)?.*|(?:has|have) (?:walked|wandered|got|crept|snuck|sneaked) in.*|walked in.*|is in it|exists?)$/i,
  /^(?<thing>(?:any|some) .+)$/i,
];

/** The thing that a question like "can you see any cables dangling about?" is about. */
export function englishExistence(question: string): string | undefined {
  const text = question
    .replace(/[?!.\s]+$/, '')
    .replace(/^(?:(?:and|so|ok|hey|hi|haha|um|well|but|please|tell me|check|see),? )+/i, '')
    .replace(
      /^(?:(?:could|can|would) you )?(?:(?:just|first|please) )*(?:(?:have|take) a (?:quick |good |close )?look|check|see|look|find out|tell me|let me know|tell us)(?: (?:for me|first|please))?,? (?=whether|if|for )/i,
      '',
    )
    .replace(/^(?:whether|if|for) /i, '');
  const match =
    /^(?:is|are|was|were) there (?:any|an?|some|still|even)?\b(?<thing>.+)$/i.exec(text) ??
    /^(?:(?:can|could|do|did) (?:you|we|u) )?(?:see|spot|find|notice) (?<thing>(?:an?|any|some|the) .+)$/i.exec(text) ??
    /^(?:has|have|had) (?:he|she|it|they|anyone|anybody|someone|somebody|the \w+|my \w+)(?: (?:still|actually|really|even))? (?:got|have|caught) (?<thing>(?:an?|any|some|the|that|those|his|her|their|my) .+?)(?: (?:in|on|there|with (?:him|her|them)))*$/i.exec(
      text,
    ) ??
    /^(?:is|are|was|were|does|did|do) (?:he|she|it|they|anyone|anybody|someone|the \w+)(?: (?:still|actually|really|even))? (?:wear(?:ing)?|hold(?:ing)?|carry(?:ing)?|have|having|got) (?<thing>(?:an?|any|some|the|that|those|his|her|their|my) .+?)(?: (?:in|on|there))*$/i.exec(
      text,
    ) ??
    /^(?:is|are|was) (?:that|those|this|these|it) (?<thing>an? .+)$/i.exec(text) ??
    /^(?<thing>any .+)$/i.exec(text) ??
    /^there(?:'s| is| are) (?<thing>.+)$/i.exec(text);
  return match?.groups && thingOf(match.groups.thing.trim());
}

const colour = new RegExp(
  `^(?<thing>.+?)(?:'s| is| are)(?<neg> not|n't)?(?: (?:already|still|actually|currently|really|now))* ${anyColour}$`,
  'i',
);

/** Reads the words between "if" and what is to be done; undefined where they are no condition. */
export function englishCondition(words: string, context: Context): ReadPremise | undefined {
  const text = words
    .replace(/[’]/g, "'")
    .replace(/^(?:and|but|so|then) /i, '')
    .replace(/\bisn't\b/gi, 'is not')
    .replace(/\baren't\b/gi, 'are not')
    .replace(/\bcannot\b|\bcan't\b/gi, 'can not')
    .replace(/\b(could|do|did|has|have|does|was|were)n't\b/gi, '$1 not')
    .replace(/[\s,.!?:-]+$/, '')
    .trim();
  const original = words
    .replace(/[’]/g, "'")
    .replace(/[\s,.!?:-]+$/, '')
    .trim();
  if (
    (so.test(original) && !/^(?:he|she|it|they)(?:'s| is| are)$/i.test(original)) ||
    so.test(original.replace(new RegExp(`${place}$`, 'i'), ''))
  )
    return { kind: 'that', holds: true };
  if (not.test(original) || not.test(text)) return { kind: 'that', holds: false };
  const count = countOf(text, context);
  if (count) return { kind: 'own', condition: count, holds: true };
  const painted = colour.exec(text)?.groups;
  const shade = colourOf(painted?.colour);
  if (painted && shade !== undefined) {
    const thing = /^(?:it|that|this|they|those)$/i.test(painted.thing) ? context.it : painted.thing;
    if (thing !== undefined) {
      const noun = thing
        .replace(/^(?:one|any|some|either|each) of (?:the|these|those|my|his|her|their) /i, 'one ')
        .replace(/^(?:one|any) (?<noun>.+)$/i, (_, several: string) => singularForms(several).at(-1) ?? several)
        .replace(/^(?:the|an?|some|my|his|her|their|that|this) /i, '');
      const phrase = `the ${shade} ${noun}`;
      // "if one of the cars is red": the red one is what is spoken of afterwards.
      const about = /^(?:one|any|some|either|an?)\b/i.test(thing) ? phrase : thing;
      return { kind: 'own', condition: coloured(about, phrase), holds: painted.neg === undefined };
    }
  }
  const empty = /^(?:there(?:'s| is| are)? |i see |you see |it has |there be )?(?:nobody|no one|no-one|no people)\b/i;
  if (empty.test(original)) return { kind: 'own', condition: seen('person'), holds: false };
  for (const pattern of existence) {
    const groups = pattern.exec(text)?.groups;
    if (!groups) continue;
    const several = countedThing(groups.thing.trim());
    const thing = thingOf(groups.thing.trim());
    const condition =
      several ??
      (thing === undefined ? undefined : seen(/^(?:it|he|she|they)$/i.test(thing) ? (context.it ?? thing) : thing));
    const negated = groups.neg !== undefined || groups.none !== undefined || /^no /i.test(groups.thing.trim());
    if (condition) return { kind: 'own', condition, holds: !negated };
  }
  return asked(original);
}

/** What detection cannot tell is asked: "the horizon is crooked" becomes "Is the horizon crooked?". */
function asked(words: string): ReadPremise | undefined {
  const inverted =
    /^(?<subject>(?:the|this|that|it|my|his|her|their|there|any|some|an?|[a-z]+'s) ?.*?)(?:'s| (?<verb>is|are|was|were|has|can|does|looks?|seems?)) (?<rest>.+)$/i.exec(
      words,
    )?.groups;
  if (!inverted) return undefined;
  const { subject, verb = 'is', rest } = inverted;
  const question = /^(?:is|are|was|were|can)$/i.test(verb)
    ? `${capital(verb)} ${subject} ${rest}?`
    : `Is it true that ${words}?`;
  return { kind: 'own', condition: { kind: 'asked', question }, holds: true };
}
