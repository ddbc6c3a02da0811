const deed =
  '(?:removed|deleted|erased|blurred|cropped|brightened|darkened|sharpened|straightened|pixelated|recolou?red|repainted|painted|outlined|replaced|swapped|photoshopped|edited|retouched|cut out|took out|taken out|got rid of)';
const someone =
  "(?:i|we|he|she|they|someone|somebody|(?:my|our|the|his|her|their|a) (?!(?:picture|photo|image)\\b)[\\w'-]+(?: [\\w'-]+)?|[a-z]+'s \\w+)";
const opening = '^(?:(?:and|but|so|well|oh|ok|now|then|also|actually|maybe|perhaps|if [^,]{1,60}?),? )*';
const stories: readonly RegExp[] = [
  // What somebody else did, or what was done before.
  new RegExp(
    `${opening}${someone}(?:'ve|'s|'d| has| have| had)?(?: (?:already|just|once|also|even|accidentally|only))* ${deed}\\b`,
    'i',
  ),
  // What was once intended.
  new RegExp(
    `${opening}${someone}(?:'d| was| were| had| have)(?: (?:just|actually|originally|first|really|only|once))* (?:going|planning|about|meaning|tempted|hoping|planned|thinking|wanted|meant|considered|considering|intending|intended|thought)\\b(?! (?:if|whether)\\b)`,
    'i',
  ),
  // What may be done one day.
  /^(?:(?:and|but|so|well|maybe|perhaps|one day|someday|later|tomorrow|tonight|next \w+|at some point|if [^,]{1,60}?),? )*(?:i|we|he|she|they)(?: (?:might|may|will probably|could always|could one day|shall probably)|'ll (?:probably|maybe|perhaps)|'m (?:considering|thinking of|planning)| am (?:considering|thinking of|planning))\b(?! (?:need|want|like) you\b)/i,
  /^(?:my|our|the) (?:plan|plans|idea|intention)\b(?! is (?:for you|that you))/i,
  /^(?:tomorrow|one day|someday|next (?:week|month|time|year)|later on|some other time)\b.*\b(?:i|we)(?:'ll| will| shall|'d)\b/i,
  /^forget (?:that|it|about (?:that|it))$/i,
];

/** Whether a piece tells what somebody did, meant to do or may do one day: nothing that is asked for now. */
export const isStory = (piece: string): boolean => stories.some((story) => story.test(piece));

const told =
  /\b(?:wrote|writes|written|said|says|commented|comments|suggested|suggests|replied|texted|quoted|reads|titled|called|typed|asked|told (?:me|us|him|her|them)),?:? (?<mark>['"“])(?=(?:please )?(?:remove|delete|erase|blur|crop|brighten|darken|sharpen|straighten|pixelate|recolou?r|paint|outline|replace|swap|make|turn|change|cut|take|get|undo)\b)[^"”]{1,200}?(?:['"”](?![\w])|$)/gi;

/** The text without the orders in it that are only quoted: "my teacher wrote 'crop to the bird' under it". */
export const withoutQuotedOrders = (text: string): string => text.replace(told, 'wrote something');

/** "My plan for the weekend: straighten it and off to the printer's": the whole sentence is about another time. */
export const isPlan = (sentence: string): boolean =>
  /^(?:my|our) (?:plans?|to-?do list|idea)\b[^:.]{0,60}\b(?:for (?:the|this|next) (?:weekend|week|month|summer|holidays?)|for (?:later|tomorrow|tonight|monday|saturday|sunday)|tomorrow|later|next \w+)\b/i.test(
    sentence,
  );

/** "I'd planned to crop it but forget that, just straighten it": what is forgotten was never done. */
export const withoutForgotten = (text: string): string =>
  text.replace(
    /(?<=\b(?:planned|planning|going|meant|wanted|thought|thinking|about)\b[^.!?]{1,80}),? (?:but |and )?(?:then )?(?:forget|scrap|scratch) (?:that|it|about (?:that|it))(?=[,.;!]|$)/gi,
    '',
  );
