/** Words of order, place and size, as sources of regular expressions. */
export const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const fromLast =
  '(?:second|third|2nd|3rd)[- ](?:to|from)[- ](?:the )?last|penultimate|(?:second|third)[- ]last|last but (?:one|two)|next[- ]to[- ]last';
export const ordinal = `(?:${fromLast}|${ordinals.join('|')}|\\d+(?:st|nd|rd|th)|last)`;
export const side = '(?:left|right|top|bottom|upper|lower)';
export const corner = '(?:(?:top|upper|bottom|lower)[- ](?:left|right)(?:[- ]?hand)?)';
export const picture = '(?: of (?:the |this |my )?(?:picture|image|photo|photograph|frame|scene|shot))?';
export const big = '(?:biggest|largest|bigger|larger|big|large|huge)';
export const small = '(?:smallest|tiniest|littlest|smaller|littler|tinier|small|little|tiny)';
export const tall = '(?:tallest|taller|highest-reaching)';
export const short = '(?:shortest|shorter)';
export const wide = '(?:widest|wider|broadest|broader|fattest|fatter)';
export const narrow = '(?:narrowest|narrower|thinnest|thinner|slimmest|slimmer|skinniest|skinnier)';
export const sized = `(?:${[big, small, tall, short, wide, narrow].join('|')})`;
export const colour = '(?:red|orange|yellow|green|blue|purple|violet|pink|brown|black|white|gr[ae]y|beige|gold|silver)';
