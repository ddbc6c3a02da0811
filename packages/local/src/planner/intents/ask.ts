import type { Clause } from '../grammar/clause.ts';
import { directQuestion } from '../grammar/english/direct-question.ts';
import { beginsRequest } from '../grammar/english-verbs.ts';
import { endsInPlea, endsInWish } from '../grammar/korean-verbs.ts';
import type { Language } from '../grammar/language.ts';
import { readAnswer } from '../wording/tool-results.ts';
import { askStep } from './ask-step.ts';
import { askedAbout } from './asked-about.ts';
import { defineIntent } from './intent.ts';

const opening: Readonly<Record<Language, RegExp>> = {
  en: /^(?:what|what's|whats|how|who|who's|whose|which|where|where's|when|why|is|are|was|were|am|isn't|aren't|do(?! (?:not|the (?:other|same)|it|that|this|both|(?:an? )?(?:dark|light|bright|pale|deep)|red|blue|green|yellow|black|white|pink|purple|orange|brown|gr[ae]y|gold|silver|navy|teal)\b)|does|did|doesn't|has|have|tell me|tell us|describe|count|explain|caption|summari[sz]e|guess|say (?:what|how|where|which|who|whether|if)|state|report|let me know|on (?:which|what) side|(?:give|get) me (?:a|the) (?:number|count|total|list|description|rundown|summary)|which|whether|read|name (?:all|every|everything|the)|list|do you|can you (?:see|tell)|(?:find|figure) out|(?:show|find) (?:me |out )?(?:how|what|where|which|who|whether|if)|any idea|i wonder|i want to know|i'd like to know)\b/i,
  ko: /(?:알려|말 ?(?:좀 )?해|설명 ?(?:좀 )?해|세어|세 ?봐|세 ?줘|묘사 ?(?:좀 )?해|대답 ?(?:좀 )?해|답 ?(?:좀 )?해|읽어|요약 ?(?:좀 )?해|가르쳐)(?: ?(?:줘|줘요|주세요|주라|줄래|줄래요|주실래요|주십시오|봐|봐줘|주시겠어요|주시겠습니까|주시죠|줄 수 있어|줄 수 있어요|줄 수 있나요))?[요]?$/,
};
const koreanQuestionWord = /(?:^| )(?:몇|무엇|뭐|뭘|뭔|무슨|어디|어떤|어떻게|누구|누가|왜|언제|어느|얼마)/;
const koreanQuestionEnding = /(?:나요|가요|까요|니까|는지|은지|인지|을까|일까)$/;

interface Question {
  readonly question: string;
}

const define = (parse: (clause: Clause) => readonly Question[]) =>
  defineIntent<Question>({
    name: 'ask',
    openEnded: true,
    parse,
    plan: ({ question }, language) => [askStep(question, language)],
    leaves: ({ question }) => askedAbout(question),
    report: (_question, [answered]) => readAnswer(answered),
  });

const asPut = ({ verbatim, language }: Clause): readonly Question[] => [
  { question: language === 'en' ? directQuestion(verbatim) : verbatim },
];

/** Clauses that open (Korean: end) like a question: "how many cups are there?", "컵이 몇 개인지 알려줘". */
export const question = define((clause) => (isQuestion(clause) ? asPut(clause) : []));

/** Whatever else ends with a question mark, unless it asks for something to be done: "can you rotate the picture?" */
export const questionMark = define((clause) => (endsWithMark(clause) && !isOrder(clause) ? asPut(clause) : []));

const isOrder = ({ text, language }: Clause): boolean => (language === 'ko' ? endsInWish(text) : beginsRequest(text));

const endsWithMark = ({ verbatim: words }: Clause): boolean => /[?？]["'”’)\s]*$/.test(words);

/** "would it be possible to have the pole taken out?": what is left without politeness begins like a question. */
const isPoliteOrder = ({ text, verbatim: words, language }: Clause): boolean =>
  language === 'en' &&
  /^(?:have|has|do|does|did|is|are)\b/i.test(text) &&
  !new RegExp(`(?:^|[,.] )(?:(?:and|so|but|ok|well|hey|hi|haha|also|now|then|oh),? )*${text.slice(0, 4)}`, 'i').test(
    words.trim().slice(0, 40),
  );

/** 바꿔볼래, 없애면 안 될까요: a wish in the form of a question. */
const proposal =
  /(?:(?:게|로|처리|제거|삭제|블러|모자이크|복구|취소|수 ?있|보정)(?:도|만|좀)? ?(?:가능|되나|될까|됨|돼|되니|안 ?돼|안 ?되나|안 ?될까)[가-힣]*|면 ?(?:안 ?)?(?:될까|될까요|돼|돼요|되나|되나요|될런지)|볼래|볼래요|볼까|볼까요|줄까|줄까요)$/;

/** A Korean request may end in a question mark, and a question may not: "지워줄래?" asks for work, "몇 개 있어" for an answer. */
function isQuestion(clause: Clause): boolean {
  if (opening[clause.language].test(clause.text)) return !isPoliteOrder(clause);
  if (clause.language === 'en' || endsInPlea(clause.text) || proposal.test(clause.text)) return false;
  // "지금 뭐 해" ends like an order, but asks.
  if (koreanQuestionWord.test(clause.text)) return true;
  return !endsInWish(clause.text) && (endsWithMark(clause) || koreanQuestionEnding.test(clause.text));
}
