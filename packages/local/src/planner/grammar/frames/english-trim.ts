/** Words around a request that ask for nothing themselves, before and after the thing. */
const lead = [
  "(?:prefer|rather(?: have)?|fancy|and|but|so|then|also|now|next(?! to\b)|first(?:ly| of all| off)|secondly|thirdly|finally|lastly|after (?:that|this)|afterwards|once (?:that's|that is|it's) done|when (?:that's|you're) done|plus|or|right|ok(?:ay)?|well|oh|hey|hi|hello|yo|ah|aw+|hmm+|um+|please|pls|plz|kindly|just|simply|maybe|perhaps|actually|instead|still|again|too|here|only|really|quickly|could|can|would|will|should|shall|may|might|must|let|let's|let us|do|did|does|to|of|for me|for us|dear|mate|love|thanks|i'd|we'd|i'll|could do with|again|while you're at it|while you are at it|if you (?:can|could|don't mind|would|like|please)|if possible|if (?:it's|that's) (?:ok|okay|possible|not too much trouble))",
  '(?:you|u)(?: (?:please|kindly|also|just|maybe))?',
  "(?:i|we)(?:'d| would|'ll)?(?: (?:really|also|just|still|now|then))? (?:want|need|wanted|like|love|prefer|wish|think|reckon|mean|meant|guess|suppose|hope|have|wonder if|was wondering if|was hoping)(?: (?:you|u)(?: (?:can|could|would))?)?(?: to)?(?: (?:have|see|get|be))?",
  "(?:i'm|i am|we're|we are) (?:after|looking for|hoping for|thinking)",
  "(?:all|what|the only thing|one thing) (?:i|we)(?:'d)? (?:want|need|like|would like)(?: (?:is|to))?",
  "(?:would|is) it be possible to|(?:is it|would it be) possible to|(?:are|r) (?:you|u) able to|would you mind|do you mind|mind|go ahead and|help me(?: to)?|try(?: to| and)?|be (?:a dear|a love|so kind)(?: as to| and)?|why (?:not|don't you)|how about|what about|feel free to|make sure(?: that)?|remember to|don't forget to",
  '(?:make|made|making|get|got|getting|turn|turned|set|put|give|render|have|had|having|see|let|bring|need|needs|want|wants|like|love|do|doing|leave|keep|pop|place|stick|slap|want to|apply|add|take|go|paint|colou?r|re-?colou?r|change)(?= |$)',
  '(?:the colou?r of|the look of|the area of|the part with|the bit with|the bit where|the details? (?:of|in|on)|that bit of)',
  // "a little dog" is a small one.
  '(?:a |an )?(?:(?:lot|bit|touch|tad)(?: of)?|little(?= of|$))',
  '[,;:.!?"\'()*/+&~-]+',
];
const trail = [
  "(?:please|pls|plz|thanks|thank you|thankyou|ta|cheers|thx|ty|too|as well|also|instead|now|then|again|altogether|entirely|completely|totally|fully|properly|nicely|carefully|for me|for us|would (?:you|u)|will (?:you|u)|could (?:you|u)|can (?:you|u)|won't you|ok(?:ay)?|yeah|alright|all right|and|but|so|though|rather|really|dear|love|mate|bro|lol|haha|kindly|maybe|perhaps|if you (?:can|could|don't mind|would|please|like)|if possible|there's a (?:dear|love|good (?:lad|girl|chap))|a bit|a touch|up|only|alone|nothing else|not (?:the )?(?:others?|anything else)|just|at all|right away|asap|quickly|quick|in (?:this|the) (?:one|picture|photo|photograph|image|pic|shot|snap)|in here|in there|from (?:this|the) (?:picture|photo|photograph|image|pic|shot|snap|board)|of (?:the|this) (?:picture|photo|photograph|image|pic|shot|snap)|out of (?:this|the) (?:picture|photo|photograph|image|pic|shot|snap)|anywhere|somewhere|over there|up there|down there|there|here)",
  "(?:(?:needs?|wants?|has|have|ought|is|are|was|got|deserves?|could do|would|should|must|could|might|to|be|being|been|go|going|get|gets|look|looks|looking|appear|become|made|turned|with|in|into|out|of|on|around|round|a|an|the|some|more|bit|little|it's|it is|that's|slightly|by|from|off|down|all|for|at)(?= |$)(?: |$)?)+",
  '[,;:.!?"\'()*/+&~-]+',
];
const leading = new RegExp(`^(?:${lead.join('|')})(?=$|[\\s,;:.!?-])\\s*|^[,;:.!?()*+&~-]+\\s*`, 'i');
const trailing = new RegExp(`\\s*(?<=^|[\\s,;:.!?-])(?:${trail.join('|')})$|\\s*[,;:.!?()*+&~-]+$`, 'i');

/** What is left of a clause between the words that ask for nothing themselves. */
export function trimEnglish(words: string): string {
  let rest = words.trim();
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(leading, '').trim();
  }
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.replace(trailing, '').trim();
  }
  return rest;
}

/** Reasons and comparisons at the end of a clause. */
const reason =
  /[ ,]+(?:so (?:that |as |it |i |i'm |we |the |you |you'd |people |folks? |she |he |they |nobody |no one |everyone |visitors? |customers? |buyers? )|because\b|cos\b|coz\b|'?cause\b|since (?:i|we|it|he|she|they|the)\b|as (?:i|we|it|they|he|she)\b|like (?:it|they|he|she|we|i|in the|on the|the old|it's|a criminal)\b|in case\b|otherwise\b|or else\b|before (?:you|i|we)\b|even though\b|while (?:i|we)\b|while (?:you're|you are|ur) (?:at it|there)\b|don't you think\b|there's a (?:dear|love)\b|if you (?:would|wouldn't mind|don't mind|please)\b|which (?:is|are|was|looks?)\b|when (?:i|we) |that way\b|if that makes sense\b|if you know what i mean\b|y'know\b|you know\b|ready for\b|to (?:go with|match|use|make it|sell|post|send|print|show|draw attention|protect|keep|suit|fit)\b|for (?:me|us|my|our|work|school|class|the (?:shop|shop listing|listing|newsletter|website|web ?site|catalogue|catalog|album|blog|poster|flyer|brochure|presentation|report|club|kids|wedding|card|class|family|family album|magazine|menu|website)|a (?:poster|flyer|banner|sticker|card|birthday|logo|thumbnail|listing|project|friend|client|presentation|website|laugh|change|calendar|banner|t-shirt)|instagram|insta|etsy|ebay|facebook|vinted|linkedin|privacy|safety|now|grandma|gran|nana|mum|mom|dad|his|her|their)\b)[^,;]*$/i;

/** The clause without the reason at its end; the clause itself where nothing would be left. */
export function withoutReason(text: string): string {
  const bare = text.replace(reason, '');
  return bare.trim().length < 3 ? text : bare;
}
