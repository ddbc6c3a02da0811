import { countIn } from './count-in.ts';
import { colour, corner, ordinal, sized } from './english-patterns.ts';
import { toSingular } from './singular.ts';

const number = '(?:two|three|four|five|six|seven|eight|nine|ten)';
const placed = `(?:first|last|left|right|top|bottom|upper|lower|middle|outer(?:most)?|front|back|(?:left|right|top|bottom|upper|lower)[- ]?most|${sized}|far (?:left|right)|(?:left|right)[- ]hand)`;
/** "the first two cups", "the lower three": the number first. */
const numberAfter = new RegExp(
  `^(?<place>${placed}) (?<number>${number})(?: of (?:the|these|those|my))?(?: (?<rest>.+))?$`,
);
/** "the right-hand one of the cups", "the shortest of the trees", "the two biggest of the dogs". */
const chosenFrom = new RegExp(
  `^(?<which>(?:${number} )?(?:${ordinal}[- ])?(?:${placed}|${corner}|highest|lowest|central|centre|center|${ordinal})(?:most)?)(?: one(?<several>s)?)? of (?:all )?(?:the|these|those|my) (?:${number} )?(?<noun>[^,]+)$`,
);

const quality = `(?:${sized}|${colour}|(?:left|right|top|bottom)[- ]?most|highest|lowest)`;
/** "the cup that's small and red": what is said of it behind its name. */
const described = new RegExp(
  `^(?!.*\\b(?:next to|beside|near|close(?:st)? to|(?:left|right) of|above|below|under|behind|between) )(?<noun>.+?),? (?:that|which|who)(?:'s| is| are) (?:the )?(?<said>${quality}(?:(?:,| and|, and) ${quality})*)(?: ones?)?(?: of (?:all|them|them all|the lot))?$`,
);
const isColour = new RegExp(`^${colour}$`);

function withQualityFirst(words: string): string {
  const found = described.exec(words)?.groups;
  if (!found) return words;
  const said = found.said.split(/(?:,| and|, and) /);
  return [
    ...said.filter((each) => !isColour.test(each)),
    ...said.filter((each) => isColour.test(each)),
    found.noun,
  ].join(' ');
}

const severalFirst = new RegExp(`^(?:${placed} )?${number}\\b`);

/** The words in the order that the rules know; and how many are meant, where a number stands beside a place or size. */
export function arranged(phrase: string): { readonly words: string; readonly count?: number } {
  const words = withQualityFirst(phrase);
  const chosen = chosenFrom.exec(words)?.groups;
  const said =
    chosen && !/ (?:picture|photo|image|row|line)$/.test(words)
      ? `${chosen.which} ${chosen.several || severalFirst.test(words) ? chosen.noun : toSingular(chosen.noun).word}`
      : words;
  const after = numberAfter.exec(said)?.groups;
  if (after) return { words: `${after.place} ${after.rest ?? 'ones'}`, count: countIn(`${after.number} s`) ?? 2 };
  const before = new RegExp(`^(?<number>${number})(?: (?<rest>.+))?$`).exec(said)?.groups;
  const rest = before?.rest ?? 'ones';
  if (before && new RegExp(`^${placed} `).test(`${rest} `))
    return { words: rest, count: countIn(`${before.number} s`) ?? 2 };
  // "the two on the left"
  if (before && /^(?:on|at|in|to|from|nearest|closest|furthest|farthest)\b/.test(rest))
    return { words: `ones ${rest}`, count: countIn(`${before.number} s`) ?? 2 };
  return { words: said };
}
