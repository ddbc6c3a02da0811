import { usefulVerbs } from '../english-verbs.ts';

const moment = '(?:chance|sec(?:ond)?|min(?:ute)?|moment|mo|bit of time|spare moment)';
/** What people say to be kind, wherever they say it. */
const kind = new RegExp(
  `(?:^|[ ,]+)(?:${[
    "if you (?:can|could|would|don't mind|do not mind|wouldn't mind|please|like|want|will|so wish)(?=[,.!?;]|$)",
    `(?:if|when(?:ever)?) you(?:'ve| have)? (?:get|got|have|find)? ?(?:a |the )?(?:${moment}|time)(?=[ ,.!?;]|$)`,
    'when(?:ever)? you can(?=[,.!?;]|$)',
    "if (?:it'?s|that'?s|it is|that is)? ?(?:at all )?(?:possible|ok(?:ay)?|alright|all right|doable|not too (?:much (?:trouble|bother|hassle|to ask)|hard|difficult|tricky))(?: (?:with|for) you)?(?=[ ,.!?;]|$)",
    "(?:while|whilst|as) you(?:'re| are) (?:at it|there|on|about it)",
    '(?:many )?thanks (?:in advance|a (?:lot|bunch|million|ton)|so much|ever so(?: much)?)',
    'thank you (?:in advance|(?:so|very|ever so) much|kindly)',
    'please and thank you|much (?:appreciated|obliged)|no (?:rush|hurry|worries if not|pressure)',
    "sorry (?:to (?:bother|trouble) you|for the (?:bother|trouble|hassle))(?: again)?|hope (?:that|this)(?:'s| is) ok(?:ay)?",
    "there's a (?:dear|love|good (?:lad|lass|girl|boy|chap))|bless you",
    "(?:don't|dont) you (?:think|agree)|if (?:you ask|you'd ask) me|if that makes sense|if you know what i mean|you know what i mean|for (?:crying out loud|goodness sake|god's sake|heaven's sake)",
    'or (?:something|whatever|so|similar)(?: like that| similar)?(?=[,.!?;]|$)|and (?:stuff|that|such)(?=[,.!?;]|$)|sort of thing|type of thing|,? (?:\\w+ )?and all(?=[,.!?;]|$)',
    'as (?:soon as possible|quickly as you can|best (?:as )?you can|much as (?:possible|you can)|far as possible)|asap|pronto|(?<!\\b(?:on|at|to) the )right away|straight away',
  ].join('|')})`,
  'gi',
);

/** Openings that make a wish of an order. */
const opening =
  /(?<=^|[.!?;:,] )(?:(?:and|so|but|ok|okay|hi|hey|hello|oh|right|well|now|also|then|next|finally|lastly|afterwards),? )*(?:it(?:'d| would) be (?:so |really )?(?:great|nice|lovely|awesome|good|helpful|amazing|brilliant|fab|cool|best)(?: of you)? (?:if|to have)|(?:would|wld) (?:be|have been) (?:great|nice|lovely|good) if|i(?:'m| am| was)? ?(?:just )?(?:wonder(?:ing)?|hop(?:e|ing))(?: if| whether| that)?|i(?:'d| would) (?:really |so )?(?:love|like|appreciate|be grateful|prefer) (?:it )?(?:if|that)|do you (?:think|reckon|suppose)|(?:is|would|might) there (?:be )?(?:a|any) (?:way|chance)(?: that)?(?: of getting)?|any chance(?: of)?(?: that)?|(?:do|could you do) me a (?:favou?r|solid) and|would you be so (?:kind|good)(?: as to| and)?|be so kind(?: as to)?|i need you to|i want you to|what i (?:want|need|would like|'d like) is(?: for you)?(?: to)?|all i (?:want|need) is(?: for you)?(?: to)?|the (?:first|next|last|only|main) thing (?:i (?:want|need)|to do|is)(?: is)?(?: to)?|your (?:first|next)? ?(?:job|task) is to|my (?:request|wish) is(?: that| to)?|(?:(?:could|can|may) (?:we|i|you) |i'd (?:like|love) to |let me |let's )?(?:see|show me|try|imagine) (?:what |how )?(?:it|this|that)(?:'d| would| might)?(?: looks?)?(?: like)? (?=with\b)|feel free to|i(?:'d| would) be (?:so |very |really )?(?:happy|glad|grateful|pleased|delighted) if|i wish(?: that)?|(?:how|what) about(?: we| you)?(?= (?:an?|some|making|turning|giving|putting|changing|we|you|if)\b)|why (?:not|don't (?:you|we))|maybe(?: we)?(?= \w+ the\b)|perhaps(?: we)?(?= \w+ the\b)|you (?:can|could|may|should|need to|have to|might want to|might as well)(?= (?:also |just |then |now |please )?(?:remove|take|get|blur|crop|make|turn|change|paint|delete|erase|put|brighten|darken|sharpen|replace|swap|straighten|cut|lose|hide|pixelate|find|show|tone|drop|undo|go))) ?(?:if )?(?:(?:you|we|u) (?:could|can|would|might|may|were to))? ?(?:please |just |maybe |possibly |also )*/gi;

const finished =
  '(?: (?:done|finished|sorted|ready|had|found|got|gone|removed|deleted|erased|changed|replaced|swapped|painted|recolou?red|answered|counted|told (?:me|us)|out of the way))+(?: (?:so|it|that|them|this|those|both|all|me|both of (?:them|those)|all (?:of )?(?:that|them|it)|with (?:that|it|them)))?';
const softly = '(?: (?:all|both|just|been))*';
/** "once that's done", "when they're both gone", "once you've told me": then. */
const done = `(?:once|when|after|as soon as) (?:${[
  `(?:that|this|it|he|she|they|these|those|both(?: of (?:them|those|these))?|all(?: of (?:that|them|those|it))?|everything)(?:'s|'re| is| are| has been| have been| has| have)?${softly}${finished}`,
  // "once you've removed the cup" is more than that.
  `you(?:'re|'ve| are| have)?${softly}${finished}(?! (?:the|all|both|every|that|those|my|this|an?) )`,
  '(?:done|finished)',
  '(?:it|that|they|those) (?:is|are|has|have)(?=,)',
].join('|')})`;
const sequence = new RegExp(
  `(?<=^|[.!?;:,] |\\b(?:and|then) )(?:thereafter|subsequently|following (?:that|this)|after(?:wards| that| this| which)?(?=,)|after (?:that|this|which)|${done}|(?:that|this) done|having done (?:that|so)|with that done|next up|next (?:one|thing)|last(?:ly| of all| but not least)|to (?:finish|start|begin)(?: (?:off|with))?|first (?:off|of all|up|things first)|for (?:starters|a start)|step (?:one|two|three|four|[1-9])|number (?:one|two|three)|second(?:ly)?(?=,)|third(?:ly)?(?=,)|firstly|(?:second|third|fourth)(?= (?:${usefulVerbs.join('|')}) )|in addition|additionally|besides that|on top of that|apart from that|other than that)[,:]? +`,
  'gi',
);

/** A request without the phrases of courtesy and of order that people weave into it. */
export const withoutCourtesies = (text: string): string =>
  text
    .replace(kind, '')
    .replace(opening, '')
    .replace(sequence, '')
    .replace(/^[\s,.!?;:]+/, '')
    .trim();
