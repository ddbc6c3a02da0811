const lead =
  "^(?:(?:and|then|so|but|also|now|please|just|could|can|would|will|you|i|we|want|need|like|to|i'd|we'd|it|let's|maybe|kindly|go ahead and) )*";
/** Orders that no tool here carries out. */
const deeds =
  '(?:rotate|flip|mirror|resize|enlarge|shrink|upscale|downscale|add|insert|move|shift|save|export|download|upload|print|send|share|merge|combine|stitch|animate|translate|write|type|copy|duplicate|clone|retouch|airbrush|whiten|smooth|warp|stretch|squash|compress|rename|vectori[sz]e|photoshop|edit|redraw|place|put|swap|replace|change|turn|transform|convert|make|remove|erase|delete|recolou?r|paint|crop|blur|pixelate|sharpen|brighten|darken|outline|straighten|undo|revert|redo|fill|get rid of)';
const order = new RegExp(`${lead}${deeds}\\b`, 'i');
const wished =
  /\b(?:rotated?|flipp?(?:ed)?|mirror(?:ed)?|resized?|enlarged?|shrunk|upscaled?|moved|added|animated?|translated?|duplicated?|bigger|smaller|larger)\b/i;
const wishes = /\b(?:i|we)(?:'d| would)? (?:want|need|like)|\b(?:should|could|can|must|needs?|please)\b/i;

/** "repalce the spoon": an order by its form, whatever the verb. */
const orderLike =
  /^(?:(?:and|then|also|now|please|just) )*(?!(?:for|with|on|in|at|by|of|to|from|as|like|than|because|since|if|when|while|after|before|about|all|both|half|only|just|even|it's|that's|there's|is|are|was|not|no|or|but|so|see|check|ignore|excuse|forgive|note|mind|imagine|trust|remember|look|love|like|bless|thank|hope|saw|got|took|bought|found|hate|want|need|what|where|how|which|who|why|near|behind|under|over|into|onto|through|during|until|till|unless|without|except|instead|i|we|he|she|they|you|it|this|that|these|those|whole|make|let|be|do|did|does|has|have|had|can|could|would|will|should|here's|he's|she's|let's|what's|such|quite|rather|being|having|going|trying)\b)[a-z]{3,} (?:the|a|an|my|that|this|those|these|it|them|his|her) ?/i;

/** Whether words clearly ask for something to be done, understood or not: such words are never let go. */
export const isBeyond = (words: string): boolean =>
  order.test(words) || orderLike.test(words) || (wished.test(words) && wishes.test(words));

/** "add a dog": nothing that is to be done to a dog. */
export const asksToAdd = (words: string): boolean => adds.test(words);

const adds = new RegExp(
  `${lead}(?:add|insert|flip|mirror|rotate|(?:put|place|stick|pop)(?= (?:an?|some|another) )) `,
  'i',
);
