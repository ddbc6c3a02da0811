import { withAskedConditions } from './asked-conditions.ts';
import { withoutCourtesies } from './courtesies.ts';
import { plainDescriptions } from './descriptions.ts';
import { outsideQuotes } from './outside-quotes.ts';
import { colourWord as colour } from './phrase-patterns.ts';
import { plainHopes, plainWishes } from './plain-wishes.ts';
import { plainRegions } from './regions.ts';
import { withoutForgotten, withoutQuotedOrders } from './stories.ts';
import { inToldOrder } from './told-order.ts';
import { withoutSlips } from './transposed.ts';

/** Contractions as they are typed in a hurry, and what they stand for. */
const shortened: Readonly<Record<string, string>> = {
  'w/o': 'without',
  'w/': 'with',
  'b/c': 'because',
  cuz: 'because',
  cus: 'because',
  coz: 'because',
  bc: 'because',
  u: 'you',
  ur: 'your',
  im: "i'm",
  ive: "i've",
  id: "i'd",
  youre: "you're",
  hes: "he's",
  shes: "she's",
  theyre: "they're",
  thats: "that's",
  whats: "what's",
  whos: "who's",
  wheres: "where's",
  theres: "there's",
  heres: "here's",
  lets: "let's",
  dont: "don't",
  doesnt: "doesn't",
  didnt: "didn't",
  isnt: "isn't",
  arent: "aren't",
  wasnt: "wasn't",
  werent: "weren't",
  cant: "can't",
  couldnt: "couldn't",
  wouldnt: "wouldn't",
  shouldnt: "shouldn't",
  wont: "won't",
  havent: "haven't",
  hasnt: "hasn't",
  wanna: 'want to',
  gonna: 'going to',
  gotta: 'have to',
  lemme: 'let me',
  gimme: 'give me',
  kinda: 'kind of',
  sorta: 'sort of',
  outta: 'out of',
  tho: 'though',
  bg: 'background',
  bkg: 'background',
  bckground: 'background',
  rn: 'right now',
  rm: 'remove',
  del: 'delete',
  ppl: 'people',
  sth: 'something',
  fav: 'favourite',
  cam: 'can',
  pic: 'picture',
  pics: 'pictures',
  coulda: 'could have',
  shoulda: 'should have',
  thru: 'through',
  abt: 'about',
};
const short = new RegExp(
  `(?<![\\w/'.-])(?:${Object.keys(shortened)
    .sort((one, other) => other.length - one.length)
    .join('|')})(?![\\w'/-]|\\.\\w)`,
  'gi',
);

/** "green instead of red": what it was. */
const instead = new RegExp(
  `(?<=\\b${colour}\\b.{0,12}),? (?:instead of|rather than|and not|not|from)(?: (?:the|that|this|its|boring|current|old|plain|horrible|ugly|dull))* ${colour}\\b(?: (?:one|ones|colou?r))?(?! (?!(?:and|but|or|as|so|if|for|on|in|at|please|pls|thanks|now|then|too|again|because|since)\\b)[a-z])`,
  'gi',
);

/** Sounds, oaths and words of emphasis: they say how somebody feels, and nothing about the picture. */
const sounds =
  /(?<![\w'-])(?:lo+l+|lmf?ao+|rofl|omf?g+|ha(?:ha)+h?|he(?:he)+|hm+|mm+|u+gh+|a+r+g+h+|bah|jeez|geez|yikes|phew|wo+w+|whoa|gosh|blimey|crikey|gah|meh|tsk|eek|yay|woo+|hooray|dang|smh|tbh|imo|imho|btw|fyi|ngl|idk|obvs|obviously|honestly|seriously|literally|basically|frankly|(?:xo){1,3}x?|x{2,4}|:\)|:\(|;\)|:D|:P|<3|\^\^)(?![\w'-])[,!.~]*/gi;

const oaths = /(?<![\w'-])(?:damn(?:ed)?|darned|bloody|freaking|frigging|fricking|flipping|flippin|goddamn|blasted) /gi;

/** "make it less dark": the other way round. */
const lessSo =
  /\b((?:make|get|turn|have|want)\b[\w' -]{1,60}?) (?:less|not (?:quite )?(?:so|as|that|too)) (dark|dim|gloomy|bright)(?![\w-]| ?(?:and|or) )/gi;

/** What was typed, in words that grammars know: contractions in full, sounds left out. Nothing within quotes changes. */
export const plainEnglish = (text: string): string =>
  withAskedConditions(
    outsideQuotes(
      withoutCourtesies(
        outsideQuotes(tidied(withoutForgotten(withoutQuotedOrders(text.replace(/[‘’`]/g, "'")))), plainHopes),
      ),
      (words) => plainWishes(plainDescriptions(inToldOrder(words))),
    ),
  );

const tidied = (text: string): string =>
  outsideQuotes(text, plain)
    .replace(/\s+/g, ' ')
    .replace(/ (?=[,.!?;:](?:\s|$))/g, '')
    .replace(/^[\s,.!?;:]+/, '')
    .replace(/,(?= ?[,.!?;:])/g, '')
    .replace(/(?<=[.!?;:]),/g, '')
    .replace(/[\s,]+$/, '')
    .trim();

const plain = (text: string): string =>
  plainRegions(withoutSlips(text).replace(short, (word) => shortened[word.toLowerCase()] ?? word))
    .replace(sounds, (sound) => (/[.!]\s*$/.test(sound) ? '. ' : ', '))
    .replace(oaths, '')
    .replace(
      lessSo,
      (_match, before: string, what: string) => `${before} ${/dark|dim|gloomy/i.test(what) ? 'brighter' : 'darker'}`,
    )
    .replace(instead, '')
    .replace(
      /\bits(?= (?:too|so|very|really|kind of|a bit|a little|all|not|see-through|transparent|gone|visible|easier|nicer|better|clean|cleaner|ugly|distracting|dark|bright|blurry|soft|leaning|slanted|crooked|tilted|wonky|just|been|the|an?)\b)/gi,
      "it's",
    )
    .replace(/(?:\.{2,}|…)\s*(?=\S)/g, ', ')
    .replace(/[!?]{2,}/g, (marks) => (marks.includes('?') ? '?' : '!'));
