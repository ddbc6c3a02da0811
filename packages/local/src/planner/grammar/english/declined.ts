const bare = '(?:(?:and|but|so|also|please|just|then|though|oh|obviously|mind you) )*';
const declinedDeed = new RegExp(
  `^${bare}(?:do not|don't|dont|never|without|no need to|you don't (?:need|have) to|don't you dare|i don't want you to|not to|be careful not to|make sure (?:you )?(?:don't|not to)|no)(?: (?:go|even|ever|you|bother))* (?:touch|remov|delet|eras|chang|blur|crop|alter|edit|mov|mess|cut|make|paint|recolou?r|colou?r|do(?:ing)? anything|do(?:ing)?|lose|los|tak|ruin|replac|brighten|darken|sharpen|pixelat|bother|start|turn|us|swap|fiddl|tamper|hid|clear|get rid)\\w*(?: (?:with|to|from|at))?(?<thing>.*)$`,
  'i',
);
const stays = new RegExp(
  `^${bare}(?:(?:leave|keep|let)(?<thing>.*?)(?: (?:alone|be|as (?:it|they|he|she) (?:is|are|was|were)|as is|untouched|intact|there|in place|in|out of it|how (?:it|they) (?:is|are|was|were)|the way (?:it|they) (?:is|are)|unchanged|the same|like that|exactly as (?:it|they) (?:is|are)|exactly .+|where (?:it|they) (?:is|are)|natural|normal|stay|it|be,?|please|well alone|sharp|clear|in focus|red|blue|green|yellow|white|black|pink|purple|orange|brown|grey|gone|in colou?r|colou?red))?|(?:hands off|stay (?:away|clear) from|steer clear of|keep (?:away from|off|your hands off)|spare)(?<spared> .+)|(?<left>(?:the|that|those|my|his|her|their|this|these) [\\w' -]+?),? (?:you|we) (?:can |should |must |may |just )*(?:leave|keep|spare)(?: (?:alone|be|in|there|as (?:is|they are|it is)))?|(?:do|change) nothing|(?:and )?nothing(?: (?:else|more))?(?: (?:to be )?(?:touched|changed|altered|edited|different|removed|moved))?|(?:no|without) (?:other|further|more|any other) (?:changes?|edits?|tweaks?)|(?:the )?(?:rest|others?|everything else) (?:as (?:is|it is|they are)|untouched|alone|the same)|(?<kept>.+?) (?:stays?|can stay|must stay|should stay|is fine|are fine|is ok(?:ay)?|are ok(?:ay)?|is staying|remains?|(?:must|should|can|needs to|has to|have to) (?:stay|remain|be left)|(?:is|are) (?:good|perfect|fine|ok)(?: as (?:it is|they are|is))?)(?: .*)?|(?:not|no,? not|but not|and not|nor) (?<other>.+))$`,
  'i',
);

/** What a piece forbids, or wants to stay: the words for the thing, empty where it names none; undefined where it does neither. */
export function declined(piece: string): string | undefined {
  const text = piece
    .replace(/[’]/g, "'")
    .replace(/[\s,;:.!?)]+$/, '')
    .trim();
  if (/^(?:please |just |can you )*(?:keep|leave) (?:only|just|nothing but)\b/i.test(text)) return undefined;
  const groups = declinedDeed.exec(text)?.groups ?? stays.exec(text)?.groups;
  return groups && (groups.thing ?? groups.kept ?? groups.spared ?? groups.left ?? groups.other ?? '').trim();
}
