import { isStory } from './stories.ts';

/** Interjections, thanks, greetings and praise: a piece made of these alone asks for nothing. */
const filler =
  /^(?:(?:hi|hiya|hey|hello|yo|morning|good|afternoon|evening|there|dear|dears|love|mate|man|bro|guys|folks|friend|sir|madam|everyone|all|right|ok|okay|okey|k|well|so|oh|ooh|ah|aw+|aha|um+|uh|erm?|hm+|haha+|hehe|ha|lol|lmao|omg|wow|whoa|yay|ugh|oops|whoops|eh|nah|no|nope|yes|yeah|yep|yup|sure|lovely|great|perfect|brilliant|nice|nicely|cool|super|fab|fabulous|fantastic|wonderful|amazing|awesome|excellent|beautiful|gorgeous|smashing|spot on|much better|better|that's|it|its|it's|looks|looking|good|fine|done|job|work|stuff|one|too|very|so|ever|really|just|now|then|please|pls|plz|ta|thanks|thank|you|thx|ty|thankyou|cheers|much|bunch|lot|a|an|the|ton|million|kindly|bless|sorry|excuse|me|pardon|my|mistake|bad|silly|again|never|mind|anyway|anyways|actually|wait|gosh|goodness|gracious|heavens|blimey|classic|old|school|in|advance|for|your|help|as|always|of|course|go|on|got|like|this|that|exactly|me|lost|count|wrong|photo|picture|i|we|see|what|do|the needful|needful|up|to|be|honest|tbh|fyi|btw|please|first|next|finally|lastly|also|and|but|thats|was|all|i|needed|today|quick|question|favour|favor|here|we|are|goes|come|come on|let's|lets|let)[\s,.!?:;)(~'-]*)+$/i;
/** Words of requests that are made of fillers only: these are no chatter. */
const notFiller = /\b(?:go back|undo|again$|do (?:it|that|the same) again|back)\b/i;

const subject =
  "(?:(?:i|we|he|she|they|you|it|this|that|these|those|there|who|what|nobody|somebody|someone|everyone|everybody|people|folks|mam|mum|mom|dad|gran|grandma|nana|boss|client|parents?|painters|[a-z]+'s)|(?:the|my|our|his|her|their|your|this|that|these|those|some|a|an|one|another|its|no|all|every|most|both|two|three) (?:(?!(?:so|it|because|which|to|if|go|goes|make|turn)\\b)[\\w'-]+ ){0,6}?[\\w'-]+)";
const finite =
  "(?:'s(?= (?:a|an|the|not|too|so|very|been|going|all|just|really|still|got|in|on|out|being|my|our|his|her|due|why|what|where|how|because|for|like|quite|pretty|always|never|only|about|always|\\w+ing|\\w+ed)\\b)|'re|'m|'ve|'d|'ll| is| are| was| were| am| be| has| have| had| do| does| did| isn't| aren't| wasn't| weren't| don't| doesn't| didn't| hasn't| haven't| hadn't| can't| cannot| couldn't| won't| wouldn't| can| could| will| would| shall| may| might| looks?| looked| feels?| felt| seems?| seemed| says?| said| goes| went| goes live| keeps?| kept| makes?| made| ruins?| ruined| spoils?| spoilt| spoiled| distracts?| took| take| gets?| got| came| comes| loves?| loved| hates?| hated| likes?| liked| thinks?| thought| knows?| knew| walked| wandered| photobombed| left (?:their|his|her|its|it|the|some|my|a|behind)| forgot| sent| bought| sells?| sold| runs?| ran| make| use| used| posts?| posted| works?| worked| teach| hired| noticed| sticks?| stuck| needs?| wants?| wanted| shows?| rather| turned| signed| see| saw| read| bothers?| bothered| annoys?| irritates?| catches| caught| draws| drives| asked| told| gave| give| owe| promise| swear| hope| guess| reckon| suppose| believe| mean| meant)";
const statement = new RegExp(
  `^(?:(?:and|but|so|now|still|then|because|cos|cause|since|as|although|though|plus|oops|oh|hmm|ah|ugh|haha|look|hey|hi|well|honestly|anyway|apparently|obviously|sadly|unfortunately|basically|besides|also|otherwise|then|or) )*${subject}(?: (?:really|just|also|still|all|always|never|only|sort of|kind of|actually|both|rather|simply|definitely))*${finite}(?=$|[\\s,.!?])`,
  'i',
);
const opened =
  /^(?:(?:and|but|so|well|oh) )*(?:because|cos|coz|'?cause|since|as (?:i|we|it|he|she|they)|so (?:that )?(?:i|we|it|the|you|people|folks?|she|he|they|nobody|no one|everyone)|otherwise|or else|in case|for (?:me|us|my|our|the|a|an|work|school|instagram|insta|etsy|ebay|vinted|linkedin|facebook|grandma|gran|mum|dad)\b|(?:it's|its|this is|that's|this one's|these are) (?:for|from|my|our|going|about|the|a|an|because|not|just|so|too|only|been|been|getting|due|where|what|why|how|when)\b|saw|took|taken|shot|found|bought|got (?:this|it|a|an|my|the|some)|went|been|was|were|used to|hope|hoping|wish(?:ing)?|trying|selling|making|doing|working|planning|thinking|wondering|looking forward|going|getting|having|posting|printing|sending|using|writing|preparing|putting (?:this|it|together)|need (?:this|it|these|them) (?:for|by|asap|today|tonight|tomorrow|done)|want (?:this|it) (?:for|by)|don't (?:worry|ask|mind|judge|laugh)|no (?:rush|hurry|worries|offence|offense|problem|need)|not (?:sure|great|good|bad|fussed|bothered|the|that|very|my)|never (?:mind|noticed|saw|knew)|as (?:you|always|usual|promised|discussed|agreed|before|per)|hence|thus|which|whose|to be honest|long story|believe me|trust me|guess what|you (?:know|see)|if you (?:must|ask me|know)|too (?:bad|many)|same (?:as|old)|much (?:better|nicer|obliged|appreciated)|looks? (?:\w+ )*(?:odd|weird|great|good|bad|better|worse|strange|off|awful|dreadful|nice|fine|wrong|silly|ugly|funny|naff|rubbish|tacky|creepy|boring|flat|dull|messy)|i (?:want|like|love|need) (?:that|this|the|a) [\w é]+ (?:look|vibe|feel|style|effect)$|y'know|you know|like (?:a bit|a little|really|more|way)\b|as for (?:him|her|it|them|that|this)$|pixel[- ]perfect$|just the mask$|(?:the|that|my) [a-z]+'s$|don't you (?:think|agree|reckon)|(?:both|all) of (?:them|those|these)$|only (?:that|this|it)$|(?:so|how|what an?) (?:ugly|annoying|distracting|lovely|cute|sweet|weird|odd|funny|pretty|messy|nice|mess|shame|pity|eyesore)|one of (?:the|my|our|three|two|them))\b/i;

/** Words that make an order or a wish of a statement: it has to be understood. */
export const wish =
  /\b(?:(?:i|we)(?:'d| would)?(?: (?:really|just|also|still|only))? (?:want|need|like you|love (?:it|for|you|the|to)|prefer|wish|rather)|i'd (?:like|love|prefer|rather)|(?:can|could|would|will) (?:you|u)|please|pls|should(?:n't)?|must(?:n't)?|needs? to|needs? \w+ing|has to|have to|ought|has got to|got to|gotta|wants? (?:[\w' -]+ )?(?:moved|removed|changed|rotated|flipped|added|bigger|smaller|larger|resized|swapped|replaced|blurred|done)|could do with|would look|would be (?:nicer|better|great|good|lovely)|let's|to (?:remove|delete|erase|blur|pixelate|crop|sharpen|brighten|darken|straighten|replace|recolou?r|outline|get rid of|cut out))\b/i;
/** Verbs of editing that no tool here knows, too. */
const orders =
  /^(?:(?:and|then|so|but|also|now|please|just) )*(?:remove|erase|delete|rotate|flip|mirror|resize|enlarge|shrink|add|move|save|send|export|print|upload|merge|combine|animate|translate|write|draw|paint|put|make|turn|change|replace|blur|crop|cut|select|colou?r|fill|zoom|scale|copy|duplicate|clone|retouch|smooth|airbrush|whiten|filter|filt|apply|insert|place|give|take|keep|leave|hide|show|find|count|undo|redo|brighten|darken|sharpen|straighten|pixelate|outline)\b/i;

/** Whether a piece of an English sentence asks for nothing: a greeting, a reason, a story. */
export function isChatter(piece: string): boolean {
  const text = piece
    .replace(/[’]/g, "'")
    .replace(/^[\s,;:.!?()*+&~-]+|[\s,;:.!?()*+&~-]+$/g, '')
    .trim();
  if (text === '' || !/[a-z0-9]/i.test(text)) return true;
  if (isStory(text)) return true;
  if (filler.test(text) && !notFiller.test(text)) return true;
  if (orders.test(text)) return false;
  if (opened.test(text))
    return !wish.test(
      text.replace(
        /^(?:so (?:that )?|because |cos |since |as |don't )?\S+ (?:can|could|should|must|needs? to|has to|have to|want|need)\b/i,
        '',
      ),
    );
  return statement.test(text) && !wish.test(text);
}
