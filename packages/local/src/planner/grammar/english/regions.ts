const all =
  '(?:everything|anything|all(?: of)?|whatever|what|the (?:stuff|area|bits?|parts?|things?|space)|everywhere|all the (?:stuff|rest))';
const behind = new RegExp(
  `\\b${all}(?: (?:that|which))?(?:'s| is| are|'re| lies)?(?: (?:going on|happening|there|left|all))* (?<where>behind|(?:all )?(?:round about|around|round)|surrounding) (?=\\S)`,
  'gi',
);

/** Ways to say "everything but" and "everything around", said the one way that all grammars know. */
export const plainRegions = (text: string): string =>
  text
    .replace(
      /\b(?:all of it|it all|the whole lot|the lot of it)(?= .*\b(?:except|apart from|but|other than)\b)/gi,
      'everything',
    )
    .replace(/ (?:behind|beside|near|around|next to) (?:us|me)\b/gi, '')
    .replace(/\b(?:all|everything|whatever|what)(?: (?:that|which))? surrounds? (?=\S)/gi, 'everything around ')
    .replace(behind, (_match, where: string) => `everything ${/behind/i.test(where) ? 'behind' : 'around'} `)
    .replace(
      /\b(?:everywhere|every(?:thing| thing| single thing)|the whole (?:picture|photo|image|thing)|all)(?: else)?,? (?:except(?: for)?|but(?: for)?|apart from|aside from|other than|besides|bar|save(?: for)?|minus|barring)(?= (?:the|my|his|her|that|those|this|these|our|their|its?|him|them|\w+ing)\b)/gi,
      'everything except',
    )
    .replace(
      /\b(?:everything|everywhere|the whole lot|all) (?:that|which)(?:'s| is|'re| are)? ?(?:not|n't) (?:part of )?/gi,
      'everything except ',
    )
    .replace(/\b(?:everything|everywhere|all) that isn't (?:part of )?/gi, 'everything except ')
    .replace(/\b(?:anything|everything|whatever|something)(?: (?:that|which))? looks? like (?:an? |the )?/gi, 'the ')
    .replace(/\bevry?thing\b|\beverthing\b/gi, 'everything')
    .replace(/\b(?:back ?round|backgroud|backgound|bakground|backgrond|background's)\b(?! of)/gi, (word) =>
      /'s$/.test(word) ? word : 'background',
    )
    .replace(/\b(?:back ?drop|the (?:bit|area|part|stuff|scene) (?:at the back|in the back))\b/gi, 'background');
