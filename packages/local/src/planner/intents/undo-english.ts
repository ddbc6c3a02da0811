import type { Clause } from '../grammar/clause.ts';
import { namedEdit, thingMatches } from './undo-names.ts';
import type { UndoWish } from './undo-wishes.ts';

const verb =
  '(?:undo|un-do|revert|cancel|roll ?back|take back|reverse|scrap|forget|drop|ditch|bin|lose|remove|get rid of|put back|bring back|go back on|backtrack(?: on)?|redo)';
const sureVerb =
  '(?:undo|un-do|revert|cancel|roll ?back|take back|reverse|scrap|forget(?: about)?|go back on|backtrack(?: on)?)';
const lastOne =
  '(?:(?:the |my |your |that |this )?(?:very )?(?:last|latest|previous|most recent) (?:edit|change|step|thing|one|action|bit|move|tweak|modification)(?: (?:you|we|i) (?:did|made))?|the (?:edit|change)|what (?:you|we) (?:just )?did(?: (?:last|there|just now))?|that (?:last )?(?:edit|change|step|one|bit|move|tweak)|it|that|this|that one)';
const tail = '(?:,? (?:again|now|instead|then|actually|please|all|off|one|right away|straight away|quickly))*';
const before =
  '(?: (?:a step|one step|one|to (?:the )?(?:previous|last|earlier) (?:version|picture|one|step|state)|(?:to )?(?:how|what|the way|like|as) (?:it|things|that) (?:was|were|looked)(?: (?:before|a (?:moment|minute|second) ago|earlier|previously|at first))?|to (?:what|how) (?:it|we) (?:was|had)(?: before)?|to before(?: that)?))?';

const latest: readonly RegExp[] = [
  new RegExp(`^${sureVerb}(?: ${lastOne})?${tail}$`, 'i'),
  new RegExp(
    `^(?:go back|roll back|step back|back up|back|take (?:it|that|this)(?: last (?:one|bit|change))? back|put (?:it|that|things|everything) back|change (?:it|that) back|turn (?:it|that) back|switch (?:it|that) back|set (?:it|that) back|bring (?:it|that) back|give (?:it|that) back)${before}${tail}$`,
    'i',
  ),
  new RegExp(
    `^(?:it (?:was|looked)|i (?:liked|preferred) it)(?: much| way)? (?:better|nicer) (?:before|the way it was|how it was|without(?: it| that)?)${tail}$`,
    'i',
  ),
  /^(?:ctrl|cmd|command|control)(?: ?\+ ?| |-)z$/i,
  /^(?:i )?(?:changed my mind|didn't mean that)(?: about (?:that|it))?$/i,
];
const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const number = `(?<count>${numbers.join('|')}|a couple(?: of)?|both|\\d)`;
const steps = '(?:edits?|changes?|steps?|things?|ones?|actions?|tweaks?|moves?|times?|of (?:them|those))';
const several: readonly RegExp[] = [
  new RegExp(
    `^${sureVerb} (?:the |my |your |those |these )?(?:last |latest |previous |most recent )?${number}(?: (?:last|latest|previous|most recent))?(?: ${steps})?(?: (?:you|we|i) (?:did|made))?${tail}$`,
    'i',
  ),
  new RegExp(
    `^(?:go|step|roll|move|take (?:it|me)|back up) ?(?:back )?(?:by )?${number} ${steps}(?: back)?${tail}$`,
    'i',
  ),
  new RegExp(`^${sureVerb} (?:it |that )?(?<count>twice|two times|three times)${tail}$`, 'i'),
];
const original =
  '(?:(?:the |my )?(?:very )?(?:original|first|untouched|starting|initial)(?: (?:one|picture|photo|photograph|image|version|state|shot|pic))?|the (?:start|beginning)|(?:how|what|the way|as) (?:it|the (?:photo|picture|image)) (?:was|came|looked)(?: (?:at the (?:start|beginning)|originally|at first|in the first place|to begin with|when (?:i|we) (?:started|began)))|square one|scratch)';
const everything: readonly RegExp[] = [
  new RegExp(
    `^${sureVerb} (?:absolutely )?(?:everything|all(?: of (?:it|that|them|this|my edits|the (?:edits|changes)))?(?: (?:the|my|your|those|these) (?:edits|changes))?|the (?:whole )?lot|every (?:single )?(?:edit|change|thing)|(?:all|every)thing (?:you|we) did)(?: (?:you|we|i) (?:did|made|have done))?(?: (?:and|to) .*(?:original|start|beginning).*)?${tail}$`,
    'i',
  ),
  new RegExp(
    `^(?:go|roll|revert|reset|return|get|take (?:it|me|us|this)|put (?:it|everything|things)|bring|change (?:it|everything)|turn (?:it|everything)|restore)(?: (?:it|that|everything|things|all|the (?:picture|photo|image)))?(?: all)?(?: the way)?(?: back)? (?:to )?${original}${tail}$`,
    'i',
  ),
  new RegExp(
    `^(?:restore|reset|bring back|give me(?: back)?|i want(?: back)?|get|show me)(?: back)? (?:the (?:picture|photo|image)|everything|it all|${original})(?: back)?${tail}$`,
    'i',
  ),
  /^(?:(?:may|can|could) (?:i|we) )?(?:(?:have|get|want|give me|i want|i'd like) )?(?:the|my) (?:original |old |first )?(?:picture|photo|photograph|image|pic|original|shot|snap) back(?:,? (?:as|the way|how|like) .*)?$/i,
  /^(?:start|begin) (?:all )?(?:over|again|afresh|from scratch)(?: (?:from the (?:original|beginning|start)|again))?$/i,
  /^(?:put|change|turn) (?:everything|it all|all of it|things all) back(?: (?:how|the way|like|as) (?:it|they) (?:was|were)(?: (?:before|originally|at first))?)?$/i,
];
const named: readonly RegExp[] = [
  new RegExp(`^${sureVerb} (?:just |only )?(?:with )?(?<name>.+?)${tail}$`, 'i'),
  new RegExp(`^${verb} (?:just |only )?(?<effect>.+?)(?: (?:back|off|out))*${tail}$`, 'i'),
  new RegExp(
    `^(?:take|put|bring|get|turn|have|switch|pull|give(?: me)?|let's have|i want|i'd like) (?:just |only )?(?<both>.+?) (?:back off|off again|back in|back out|back on|back again|back|off|away|out)(?: (?:in|there|again|where (?:it|they) (?:was|were|belongs?)|how (?:it|they) (?:was|were)|the way (?:it|they) (?:was|were)|as (?:it|they) (?:was|were)|to (?:how|what|the way|its|their) .+|in the (?:picture|photo)|into (?:it|the picture)))*${tail}$`,
    'i',
  ),
  new RegExp(`^(?:bring|put|give(?: me)?) back (?:just |only )?(?<both>.+?)${tail}$`, 'i'),
  new RegExp(
    `^(?:go back|back|revert|return) to (?:how (?:it|things) (?:was|were) )?(?:just )?(?<drop>before) (?<both>.+?)${tail}$`,
    'i',
  ),
  new RegExp(
    `^(?:i )?(?:no longer want|don't (?:want|like|need|care for)|never mind) (?<effect>.+?)(?: (?:any ?more|after all|any longer))?${tail}$`,
    'i',
  ),
  new RegExp(`^(?:restore|reinstate|return) (?<both>.+?)(?: (?:to (?:how|what|the way|its|their) .+))?${tail}$`, 'i'),
];

/** Reads an English clause as a wish to take something back. */
export function englishUndo(clause: Clause): UndoWish | undefined {
  const text = clause.text.replace(/^(?:no|nope|hmm+|oh no|sorry|actually|wait|oops|ugh|eh|meh)[, ]+/i, '');
  if (everything.some((pattern) => pattern.test(text))) return { kind: 'everything' };
  if (latest.some((pattern) => pattern.test(text))) return { kind: 'latest', count: 1 };
  for (const pattern of several) {
    const words = pattern.exec(text)?.groups?.count;
    if (words !== undefined) return { kind: 'latest', count: countOf(words) };
  }
  for (const pattern of named) {
    const groups = pattern.exec(text)?.groups;
    const wish = groups && byName(groups, clause);
    if (wish) return wish;
  }
  return undefined;
}

function byName(groups: Readonly<Record<string, string | undefined>>, clause: Clause): UndoWish | undefined {
  const { name, effect, both, drop } = groups;
  const words = (name ?? effect ?? both ?? '').replace(/^(?:just |only )/i, '');
  const later = drop === undefined && !/ and everything (?:after|since)/i.test(words) ? {} : { later: 'drop' as const };
  const edit = namedEdit(words.replace(/ and everything .*$/i, ''), 'en');
  // "get rid of the blur" may mean a blur that the photograph came with.
  if (edit && (effect === undefined || stands(clause, edit))) return { kind: 'named', means: edit, ...later };
  // "put the fence back"; who wants a thing taken away that was painted before wants it removed.
  if (
    both === undefined ||
    !/\b(?:back|again|restor\w+|reinstat\w+|return\w*|revert\w*|reappear\w*|redo)\b/i.test(clause.text)
  )
    return undefined;
  const returned = (one: Parameters<typeof edit & object>[0]): boolean =>
    one.thing !== undefined && thingMatches(one.thing, words);
  return stands(clause, returned) ? { kind: 'named', means: returned, ...later } : undefined;
}

const stands = ({ context: { edits } }: Clause, means: Exclude<ReturnType<typeof namedEdit>, undefined>): boolean =>
  // Not known: only where a text is cut into clauses.
  edits?.some((edit) => means(edit)) ?? true;

function countOf(words: string): number {
  const lower = words.toLowerCase();
  if (/couple|both|twice|two times/.test(lower)) return 2;
  if (/three times/.test(lower)) return 3;
  const position = numbers.indexOf(lower);
  return Math.max(1, position >= 0 ? position + 1 : Number.parseInt(lower, 10));
}
