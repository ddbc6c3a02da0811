import type { Clause } from '../grammar/clause.ts';
import type { Deed } from '../grammar/context.ts';
import { isThing, pronoun } from '../grammar/frames/english-thing.ts';
import { trimEnglish } from '../grammar/frames/english-trim.ts';
import type { Act } from '../grammar/frames/frame.ts';
import { intentsOf } from '../grammar/frames/frame-intents.ts';
import { isKoreanThing, trimKorean } from '../grammar/frames/korean-thing.ts';
import type { Intent, IntentGrammar } from './intent.ts';
import { undo } from './undo.ts';

const toAnother: Readonly<Record<'en' | 'ko', readonly RegExp[]>> = {
  en: [
    /^(?:and )?(?:do )?(?:the )?(?:same|exact same|likewise)(?: again)?(?: (?:treatment|thing|deal|job|effect))?(?: (?:again|please))?(?:,? (?:for|with|to|on|goes for)(?: (?:the|that))? (?<thing>.+?))?(?: (?:too|as well|also|please))*$/i,
    /^(?:and |now |then |also )*(?:do |try )?(?<thing>(?:(?:the|that|this|these|those|both|all|my|his|her|their|every|another) .+?|it|them|both|him|her)),? (?:too|as well|also|likewise|next)$/i,
    /^(?:and |now |then |also )*do (?<thing>(?:the|that|this|both|all) .+?)(?: (?:too|as well|also|next))?$/i,
  ],
  ko: [
    /^(?<thing>.+?)(?:에|한테|에게)?도(?: (?:똑같이|마찬가지로|같이|그렇게|부탁|좀|해|하|이렇게))*[가-힣]*(?: (?:줘|주세요|줄래|해|해줘|부탁해|해주세요))?[요]?$/,
    /^(?<thing>.+?)(?:도|은|는|만)? ?(?:똑같이|마찬가지로|그렇게|같은 걸로)(?:요| [가-힣 ]+)?$/,
  ],
};
const more: Readonly<Record<'en' | 'ko', RegExp>> = {
  en: /^(?:(?:a|an|even|just|some|tiny|little|bit|touch|tad|lot|bit more|and|make it|go|still|not enough,?|needs to be|way|much) )*(?:more|stronger|again|further|heavier|harder)(?: (?:please|than that|still))*$|^(?:do (?:it|that) again|(?:one|once) more(?: time)?|again)$/i,
  ko: /^(?:(?:좀|조금만?|살짝만?|약간만?|아주|훨씬|많이|그거|이거|그걸|거기|지금보다|한 ?번만?|한 ?단계만?|부족해|아직|이번엔|거기서|그럼) ?)*(?:더|한 ?번 ?더|한 ?번만 더)(?: ?(?:세게|강하게|진하게|많이|확실하게|심하게|굵게|크게))?(?:요)?(?: ?(?:해|하|가|부탁|먹여|넣어|올려|줄여|적용|돌려)[가-힣]*)?(?: ?(?:줘|주세요|줄래|주라)[가-힣]*)?$/,
};

/** "a bit more", 조금만 더: more of what was done last. */
export const asksForMore = (text: string, language: 'en' | 'ko'): boolean => more[language].test(text);

/** "and the other one as well", 그 옆에 자전거도: what was done last, to another thing; "a bit more": to the same one. */
export const again: IntentGrammar = {
  name: 'again',
  read(clause) {
    const { edits, it, undone } = clause.context;
    if (more[clause.language].test(clause.text)) {
      if (undone) return undo.read({ ...clause, text: clause.language === 'ko' ? '취소해줘' : 'undo' });
      return repeated(edits ? edits.at(-1)?.deed : anyDeed, edits?.at(-1)?.thing ?? it ?? '', clause);
    }
    const words = anotherThing(clause);
    return words === undefined ? [] : repeated(edits ? edits.at(-1)?.deed : anyDeed, words, clause);
  },
};

/** Where a text is cut into clauses it is not known what was done. */
const anyDeed: Deed = { tool: 'remove_object' };

function anotherThing({ text, language }: Clause): string | undefined {
  for (const pattern of toAnother[language]) {
    const match = pattern.exec(text);
    if (!match) continue;
    const words = match.groups?.thing;
    if (words === undefined) return 'it';
    const thing = language === 'ko' ? trimKorean(words) : trimEnglish(words);
    if (language === 'ko' ? isKoreanThing(thing) : isThing(thing) || pronoun.test(thing)) return thing;
  }
  return undefined;
}

function repeated(deed: Deed | undefined, thing: string, clause: Clause): readonly Intent[] {
  if (!deed) return [];
  return intentsOf({ act: actOf(deed), thing }, clause);
}

function actOf(deed: Deed): Act {
  if (deed.tool === 'remove_object') return { kind: 'remove' };
  if (deed.tool === 'inpaint_image') return { kind: 'replace', prompt: deed.prompt };
  return { kind: 'adjust', operation: deed.operation, parameters: deed.parameters };
}
