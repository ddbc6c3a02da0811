import { withPlainJoints } from './joined-forms.ts';

type Rule = readonly [pattern: RegExp, replacement: string];

const wordEnd = '(?=[^가-힣]|$)';
const end = (source: string): RegExp => new RegExp(`${source}${wordEnd}`, 'g');
const whole = (source: string): RegExp => new RegExp(`(?<![가-힣])${source}${wordEnd}`, 'g');

/** Pleas as they are spoken, as they are written. */
const pleas: readonly Rule[] = [
  [end('(?<=[가-힣] ?)(?:줭|쥬|줘용|줘잉|줘염|줘욤|줘여|줭요|주라고|주라구|줘봐봐|줘라잉)'), '줘'],
  [
    end(
      '(?<=[가-힣] ?)주(?:쎄요|세여|세용|세욤|세염|떼요|셈|삼|쇼|십쇼|이소|소|구려|시구려|게나|시게|시게나|렴|려무나|시와요|시길|셔요|셔|세)',
    ),
    '주세요',
  ],
  [
    end('(?<=[워해려꿔춰려라내애아어])(?:삐라|뿌라|뿌려|삐려|삐리라|뿌리라|뻐려|삐|뿔라|버리라|버리쇼|버리셈|버려라)'),
    '버려',
  ],
  [end('(?<=[가-힣])하이소'), '해줘'],
];

/** Particles and adverbs as they are spoken. */
const sounds: readonly Rule[] = [
  [end('(?<=[가-힣])(?:으루|으로다가|으로다)'), '으로'],
  [end('(?<=[가-힣])(?:로다가|루다가)'), '로'],
  [end('(?<=색)(?:루|로)'), '으로'],
  [whole('(?:쪼금|쪼끔|쬐끔|쬐금|쪼까|쬐까|조끔|조매|쪼매|쪼꼼)'), '조금'],
  [whole('(?:쪼금|쪼끔|쬐끔|쬐금|조끔|쪼매|쪼꼼)만'), '조금만'],
  [end('쫌'), '좀'],
  [whole('걍'), '그냥'],
  [whole('글고'), '그리고'],
  [whole('그 ?담에'), '그다음에'],
  [end('(?<=[가-힣] )담에'), '다음에'],
  [whole('젤'), '제일'],
  [whole('인제'), '이제'],
  [whole('넘'), '너무'],
  [whole('울'), '우리'],
  [/(?<![가-힣])[요고](?=(?:거|것|놈|걸|건)(?:[^가-힣]|[을를만은는도]|$))/g, '그'],
  [/겄(?=[가-힣])/g, '겠'],
  [/(?<=\S) (?:이거|요거|그거|이 ?사진|이걸) (?=(?:불러|열어))/g, ' '],
  [end('(?<=[는은인한])디(?:요|유)?'), '데'],
  [end('(?<=[가-힣](?:해|줘|봐|네|세))유'), '요'],
];

/** Words that are written as one. */
const spaces: readonly Rule[] = [
  [/(?<=[가-힣])에(?=(?:있는|있던|걸린|놓인|적힌|붙은|묻은|달린)(?:[^가-힣]|[거것]|$))/g, '에 '],
  [/(?<![가-힣])(새?빨간|새?파란|샛?노란|새?하얀|새?까만|커다란|동그란|네모난|조그만)(?=[가-힣])(?!색)/g, '$1 '],
  [
    /(?<![가-힣])(왼쪽|오른쪽|가운데)(?!(?:에서|에다|에|의|으로|로|만|은|는|이|가|을|를|도|끝|과|와|이랑|랑|부터|인|꺼|부분)+(?:[^가-힣]|$))(?=[가-힣])/g,
    '$1 ',
  ],
  [/(?<=[가-힣]) ?꺼(?=[만는도를 ,.!?]|$)/g, ' 거'],
  [/(?:그|이|걔네|얘네) ?중에?서? (?=\S)/g, ''],
  [/(?<=(?:좀|다|싹|전부|모두))(?=(?:지워|없애|빼|치워|가려|바꿔)(?:줘|주세|주라|주시))/g, ' '],
];

const thing =
  /(?<=[가-힣])(거|것|걸|건|애|놈)(?=(?:들|만|도|은|는|을|를|이|가|에|한테|랑|하고|하나|로|으로)*(?:[^가-힣]|$))/g;
/** 조건 ends in no thing. */
const wholeWords =
  /(?:번거|전거|선거|근거|연애|수건|조건|문건|안건|인건|물건|사건|요건|이거|그거|저거|이것|그것|저것|이건|그건|저건)/;

/** 달린거, 노란것: the noun that stands for a thing is a word of its own after ㄴ. */
const apart = (text: string): string =>
  text.replace(thing, (word, _noun: string, at: number) => {
    const before = text.charCodeAt(at - 1) - 0xac00;
    const joined = text.slice(Math.max(0, at - 1), at + 1);
    return before % 28 === 4 && !wholeWords.test(joined) ? ` ${word}` : word;
  });

/** A Korean text as it would be written: 지워삐라 is 지워버려, 달린거 달린 거, 빨간공 빨간 공. */
export function asWritten(text: string): string {
  const spelled = [...pleas, ...sounds, ...spaces].reduce(
    (rest, [pattern, replacement]) => rest.replace(pattern, replacement),
    text,
  );
  return withPlainJoints(apart(spelled)).replace(/ {2,}/g, ' ').trim();
}
