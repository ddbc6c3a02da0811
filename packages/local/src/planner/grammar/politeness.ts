import type { Language } from './language.ts';

const before: Readonly<Record<Language, RegExp>> = {
  en: /^(?:(?:hey|hi|hello|ok|okay|oh|so|well|now|great|perfect|lovely|nice|cool|brilliant|super|good|right|yes|yeah|yep|no|nope|nah|hmm+|sorry(?: me again)?|oops|whoops|aw+|ah|haha|lol|but|thanks|thank you|cheers|amazing|awesome|beautiful|excellent|wonderful|fine|sure|alright|all right|please to|kindly please|secondly|thirdly|after that|right now|again|next up|lastly|first|next|finally|afterwards|also|then|please|pls|kindly|just|and|(?:can|could|would|will) you(?: please| kindly| maybe| just)?|why don't you|why not|(?:is it|would it be) possible to|are you able to|i(?:'d| would) like you to|i (?:want|need) you to|i(?:'d| would) (?:like|love|prefer) to|i (?:want|need) to|(?:can|could|would|will|may) (?:u|ya|i|we)(?: have)?|(?:can|could) you (?:also|then|now|quickly|possibly|kindly)|would you mind|do you think you could|be a dear and|i was (?:wondering|hoping) (?:if )?you (?:could|can|would)|plz|let's|let us|help me(?: to)?|go ahead and|try to)(?:,? ))+/i,
  ko: /^(?:(?:저기요?|혹시|이제는?|그럼|그러면|음|이번에는?|이번엔|자|안녕하세요|안녕|먼저|우선|그리고|그 ?다음(?:에|엔|에는)?|그런 ?다음(?:에)?|그러고 나서|다음으로|마지막으로|또|이 ?사진에서|사진에서|그림에서|이미지에서|여기에?서)(?:,? ))+/,
};
const after: Readonly<Record<Language, RegExp>> = {
  en: /(?:,? (?:please|pls|for me|thanks|thank you|thank you very much|if you can|if possible|if you could|will you|would you|ok|okay|now))+$/i,
  ko: /(?:,? ?(?:부탁해요?|부탁드려요|부탁드립니다|부탁합니다|고마워요?|감사합니다))+$/,
};
const empty: Readonly<Record<Language, RegExp>> = {
  en: /^(?:hey|hi|hello|thanks|thank you(?: very much)?|please|ok|okay|good morning|good evening|cheers|now|then|also|and|so|well|first|next|finally|afterwards)$/i,
  ko: /^(?:안녕하세요|안녕|고마워요?|감사합니다|부탁해요?|부탁드립니다|네|응|이제|그리고|그럼|그러면|자)$/,
};

/** The clause without "could you", "please" and final punctuation; nothing is left of a mere greeting. */
export function withoutPoliteness(text: string, language: Language): string {
  const bare = text
    .replace(/[‘’]/g, "'")
    .trim()
    .replace(ending, '')
    .replace(before[language], '')
    .replace(after[language], '');
  const rest = bare.replace(ending, '').trim();
  return empty[language].test(rest) ? '' : rest;
}

/** Punctuation, and the sounds of laughing and crying that end Korean messages. */
const ending = /[\s.!?~,;。…^ㅋㅎㅠㅜ]+$/;
