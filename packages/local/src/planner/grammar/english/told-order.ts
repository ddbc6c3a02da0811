import { usefulVerbs } from '../english-verbs.ts';
import { colourWord } from './phrase-patterns.ts';

const gerundOf = (verb: string): string =>
  /(?:cut|put|swap|drop|crop|spot|blur|dim)$/.test(verb)
    ? `${verb}${verb.at(-1)}ing`
    : `${/[^eoy]e$/.test(verb) ? verb.slice(0, -1) : verb}ing`;
const verbs: ReadonlyMap<string, string> = new Map(usefulVerbs.map((verb) => [gerundOf(verb), verb]));
const doing = `(?:you (?<verb>${usefulVerbs.join('|')})|(?<doing>${[...verbs.keys()].join('|')}))`;
const thing = "(?<thing> (?:the|all|every|both|any|that|those|this|my|our|his|her|their|it|them)(?![\\w'-])[^,.;!?]*)";
const before = new RegExp(
  `(?<=^|[.!?;] )before ${doing}${thing}, (?<first>(?:(?:please|first|also|could you|can you) )*[^.!?;]+)`,
  'gi',
);
const after = new RegExp(`(?<=^|[.!?;] )(?:after|once) ${doing.replace(/verb>/, 'order>')}${thing}, `, 'gi');

/** "how about making the ball red": an order, where nothing is told of the deed. */
const proposed = new RegExp(
  `(?<=^|[.!?] )(?:(?:how|what) about |would you mind |do you mind |try )?(?<doing>${[...verbs.keys()].join('|')})(?= (?:the|all|every|both|any|that|those|this|my|our|his|her|their) (?![^.!?]*\\b(?:is|was|would|might|could|will|makes|should)\\b))`,
  'gi',
);

type Groups = Readonly<Record<string, string | undefined>>;
const verbOf = ({ verb, order, doing: said }: Groups): string =>
  verb ?? order ?? verbs.get(said?.toLowerCase() ?? '') ?? '';
// The last argument of a replacer is the record of the groups, where a pattern has some.
const groupsOf = (matched: readonly unknown[]): Groups => matched.at(-1) as Groups;

const participle =
  '(?:removed|deleted|erased|changed|replaced|swapped|painted|recolou?red|colou?red|turned|made|done|taken|counted|gone)';
const known = '(?:the|all|both|every|that|those) [^,.;!?]*?';
const has = "(?:'s| is| are| has| have)(?: been)?";
/** "once you've deleted the star, ...", "once the cup is red, ..."; "when the cup is red" may be a condition. */
const thereupon = new RegExp(
  `(?<=^|[.!?;,] |\\b(?:and|then) )(?:(?:once|when|after|as soon as) (?:you(?:'ve| have)? ${participle} (?<done>${known})|(?<changed>${known})${has} ${participle}[^,.;!?]*?)|(?:once|after|as soon as) (?<thing>${known})${has} (?:${colourWord}|an? )[^,.;!?]*?)(?:, ?(?:then )?| (?=(?:tell|count|how many|what|please|${usefulVerbs.join('|')}) ))`,
  'gi',
);

/** Whether a thing of that name was spoken of in the words before. */
const spokenOf = (thing: string, before: string): boolean => {
  const [noun] =
    /[\w-]+$/.exec(thing.replace(/ (?:into|to|with|by|from|on|in|at|next|away|out)\b.*$/i, '').trim()) ?? [];
  return noun !== undefined && new RegExp(`\\b${noun}\\b`, 'i').test(before);
};

/** What is to be done one after the other, said in that order: "before removing the cup, count the cups". */
export const inToldOrder = (text: string): string =>
  text
    .replace(thereupon, (whole, ...matched) => {
      const { done, changed = done, thing = changed } = groupsOf(matched);
      const said = text.slice(0, text.indexOf(whole));
      return thing !== undefined && spokenOf(thing, said) ? '' : whole;
    })
    .replace(before, (...matched) => {
      const groups = groupsOf(matched);
      return `${groups.first}. Then ${verbOf(groups)}${groups.thing}`;
    })
    .replace(after, (...matched) => {
      const groups = groupsOf(matched);
      return `${verbOf(groups)}${groups.thing}, then `;
    })
    .replace(proposed, (...matched) => verbOf(groupsOf(matched)));
