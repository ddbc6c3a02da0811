import { capital } from '../../wording/capital.ts';

/** What may stand before a question without being part of it. */
const leadIn =
  /^(?:(?:and|then|but|so|oh|well|hmm+|by the way|ok(?:ay)?|now|first|next|also|finally|lastly|afterwards|after that|in the end|please|pls|(?:(?:one|a) )?(?:quick |last |small )?question(?: first| for you)?),?:? )+/i;
const request =
  /^(?:(?:can|could|would|will) you (?:please |kindly )?(?=tell|say|let me know|count)|(?:i'd like|i would like|i want|i need|i'd love) (?:you )?to (?=know|tell|say|count))/i;
const telling =
  /^(?:(?:please )?(?:(?:tell|show|give|get) (?:me|us)|let (?:me|us) know|say|state|report|know|find out|work out|figure out)(?: please)?[,:]? (?:exactly )?)/i;

interface Form {
  readonly pattern: RegExp;
  readonly as: (groups: Readonly<Record<string, string>>) => string;
}

const there =
  '(?:are|is) there(?: now| in total)?|there (?:are|is)(?: now| in total)?|(?:do )?you (?:can )?(?:see|count|spot|find|make out)|have (?:we|you|i) got|(?:do|can) (?:we|i) (?:have|see)|(?:are|is) (?:visible|shown|present)|can be seen|can you (?:see|count|spot|find|make out)|(?:are |is )?(?:(?:still )?(?<!\\b(?:the|my|your|our|its|far|to) )left|remaining|still there)(?: over| now)?|remains?|(?:are|is) left (?:over|now)';
const picture = '(?: (?:in|on|of) (?:the|this|my) (?:picture|photo|photograph|image|scene|shot))?';
const thing = '(?:the|this|that|these|those|my|his|her|our|their|your) (?:(?!\\b(?:is|are|was|were)\\b).)+?';

/** Who only sees a picture does not know what was in it before: what "are left" are those that are there. */
const forms: readonly Form[] = [
  {
    pattern: new RegExp(
      `^how many (?<what>(?:(?!\\b(?:are|is|do|can)\\b).)+?)(?: of them)? (?:${there})${picture}$`,
      'i',
    ),
    as: ({ what }) => `How many ${what} are there?`,
  },
  {
    pattern: new RegExp(
      `^count (?:how many |the number of )?(?:all |all of )?(?:the |up the )?(?<what>(?!(?:every|it\\b|them\\b|to\\b|down\\b))[a-z -]+?)(?: (?:that )?(?:${there}))?${picture}$`,
      'i',
    ),
    as: ({ what }) => `How many ${what} are there?`,
  },
  {
    pattern: new RegExp(
      `^(?:(?:what(?:'s| is) )?the (?:number|count|total) of|what number of) (?:the |all )?(?<what>[a-z -]+?)(?: (?:that )?(?:${there}))?${picture}$`,
      'i',
    ),
    as: ({ what }) => `How many ${what} are there?`,
  },
  {
    pattern: /^(?:whether|if) there(?<be>'s| is| are) (?<rest>.+?)(?: or not)?$/i,
    as: ({ be, rest }) => `${be === ' are' ? 'Are' : 'Is'} there ${rest}?`,
  },
  {
    pattern: new RegExp(`^(?:whether|if) (?<what>${thing}) (?<be>is|are|was|were) (?<rest>.+?)(?: or not)?$`, 'i'),
    as: ({ what, be, rest }) => `${capital(be)} ${what} ${rest}?`,
  },
  {
    pattern: new RegExp(
      `^(?<word>what colou?r|what shape|what kind of thing|what|where|who|how (?:big|large|small|tall|old)) (?<what>${thing}) (?<be>is|are)$`,
      'i',
    ),
    as: ({ word, what, be }) => `${capital(word)} ${be} ${what}?`,
  },
  {
    pattern: new RegExp(`^the (?<word>colou?r|shape) of (?<what>${thing})$`, 'i'),
    as: ({ word, what }) => `What ${word} is ${what}?`,
  },
  {
    pattern: new RegExp(`^(?:what|which)(?:'s| is) the (?<word>colou?r|shape) of (?<what>${thing})$`, 'i'),
    as: ({ word, what }) => `What ${word} is ${what}?`,
  },
  {
    pattern: new RegExp(
      `^(?:what|which) (?<word>colou?r|shape) (?:is|(?<does>does|do)) (?<what>${thing})(?: have)?$`,
      'i',
    ),
    as: ({ word, what }) => `What ${word} is ${what}?`,
  },
  {
    pattern:
      /^which(?: one| of (?:them|these|the two))?(?:'s| is) (?:the )?(?<size>\w+er)(?: one)?[,:]? (?<either>.+ or .+)$/i,
    as: ({ size, either }) => `Which is ${size}, ${either}?`,
  },
  {
    pattern: /^(?:what(?:'s| is) )?(?<what>(?:the|this|that|my) [\w -]+)'s (?<word>colou?r|shape)$/i,
    as: ({ word, what }) => `What ${word} is ${what}?`,
  },
  {
    pattern: new RegExp(
      `^(?:(?:is|are|where(?:'s| is| are)) (?<what>${thing}),? (?:(?:on|to) )?(?:the )?left(?: side)?,? or (?:(?:on|to) )?(?:the )?right(?: side)?|(?:on )?(?:which|what) side is (?<whose>${thing})(?: on)?)$`,
      'i',
    ),
    as: ({ what, whose }) => `Is ${what ?? whose} on the left or on the right?`,
  },
];

const asking =
  /^(?:what|which|who|whose|where|when|why|how|is|are|was|were|does|do|did|has|have|can|could)\b(?!.*[?].)/i;

/**
 * A question as it is put to who has only the picture: "then tell me how many cups are left" asks "How many cups are
 * there?". Words that are no question of a known form stay as they are.
 */
export function directQuestion(words: string): string {
  const bare = words
    .trim()
    .replace(leadIn, '')
    .replace(request, '')
    .replace(telling, '')
    .replace(/(?:,? (?:please|pls|for me|thanks|thank you))?[\s.?!]*$/i, '');
  for (const { pattern, as } of forms) {
    const groups = pattern.exec(bare)?.groups;
    if (groups) return as(groups);
  }
  return asking.test(bare) ? `${capital(bare)}?` : words;
}
