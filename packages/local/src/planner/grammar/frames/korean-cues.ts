import { toTheEnd } from '../korean/endings.ts';
import { type Act, adjustment, type Cue } from './frame.ts';
import { colourOf, koreanColour } from './korean-colour.ts';

const cue = (source: string, act: Cue['act']): Cue => ({ pattern: new RegExp(source), act });
const always = (act: Act) => (): Act => act;
/** A predicate: one of the stems, to the end of the clause. */
const ending = (stems: string): string => `(?:${stems})${toTheEnd}`;

const picture = '(?:사진|그림|이미지|화면|샷)';

const straighten: readonly Cue[] = [
  cue(
    ending(
      `(?:(?:${picture}|수평선|지평선|수평|수직|각도|기울기|기울어진 ?(?:것|거|걸|사진|부분)?|삐딱한 ?(?:것|거|걸)?|삐뚤어진 ?(?:것|거|걸)?|비뚤어진 ?(?:것|거|걸)?|건물)(?:을|를|이|은|도|만)? )?(?:(?:좀|다시|딱|반듯하게|똑바로|바로) )*(?:수평|똑바로|바로 ?잡|바로 ?세|반듯|기울|삐딱|삐뚤|비뚤|평행|수직)`,
    ),
    always(adjustment('straighten', {}, 'everything')),
  ),
];

const crop: readonly Cue[] = [
  cue(
    `(?:에|한테|에게|으로|로|를|을|만|가|이)? ?(?:딱 |꽉 |타이트하게 |바짝 )*(?:맞춰서?|맞게|맞추어|맞도록|맞는|위주로|위주|중심으로|중심|기준으로|가운데로|꽉 차게|꽉차게|크게 나오게|만 나오게|나오게|나오도록|보이게|보이도록|남게|남기고|있게|있도록|초점으로|주인공으로|포커스로|쪽으로)(?:만)? ?(?:딱 |꽉 |타이트하게 |바짝 |좀 )*(?:${picture}(?:을|를|은)? )?(?:딱 |꽉 |좀 |타이트하게 )*(?:주변을? )?(?:잘라|자르|자를|크롭|트리밍|잘랐|오려)${toTheEnd}`,
    always(adjustment('crop')),
  ),
  cue(
    ending(`(?:${picture}(?:을|를|은)? )?(?:딱 |꽉 |타이트하게 |바짝 |좀 )*(?:크롭|트리밍|확대)`),
    always(adjustment('crop')),
  ),
  cue(
    ending(`${picture}(?:을|를|은)? (?:딱 |꽉 |타이트하게 |바짝 |좀 )*(?:잘라|자르|자를)`),
    always(adjustment('crop')),
  ),
];

const line = '(?:테두리|외곽선|윤곽선?|아웃라인|외곽 ?라인|라인|둘레선|(?<![가-힣])(?:선|줄))';
const edge =
  '(?:(?:의)? ?(?:가장자리|둘레|주변|주위|바깥|테두리|윤곽|외곽|겉|모양|겉면|밖|바깥쪽)(?:을|를|에다가?|에|로|으로|따라)?(?: 따라)?)?';
const looks =
  '(?:(?:굵은|굵게|얇은|얇게|두꺼운|두껍게|진한|연한|가는|가늘게|선명한|예쁜|동그란|살짝|좀|쫌|하나|도|만|또|더|한 번|한번|깔끔하게|깔끔한|실선|점선|형광|쨍한) ?)*';
const outlined = ({ colour, width }: Readonly<Record<string, string | undefined>>): Act | undefined => {
  const shade = colourOf(colour);
  if (colour !== undefined && shade === undefined) return undefined;
  return adjustment('outline', {
    ...(shade === undefined ? {} : { colour: shade }),
    ...(width === undefined ? {} : { width: Number(width) }),
  });
};
const outline: readonly Cue[] = [
  cue(
    `${edge}(?:에다가?|에|한테|에게|을|를|은|는|도|만)? ?${looks}(?:${koreanColour})? ?${looks}(?:(?<width>\\d{1,3}) ?(?:px|픽셀)(?:짜리|로)? ?)?(?:(?:선|줄|라인|색)(?:으로|로) ?)?${line}(?:을|를|도|만|으로|로)? ?${looks}(?:${koreanColour.replace('colour>', 'other>')} ?)?(?:둘러|두르|두를|둘렀|그려|그리|그릴|그어|긋|쳐|치|칠|넣|씌|따|추가|표시|만들|해|하|부탁|입혀|달아|좀|쫌|줘|쭉|$)${toTheEnd}`,
    ({ other, colour, ...rest }) => outlined({ ...rest, colour: colour ?? other }),
  ),
];

const monochrome =
  '(?:흑백|무채색|모노톤|모노|회색조|그레이 ?스케일|단색톤)(?:사진|톤|처리|필름|모드|느낌)?(?:으로만|으로|로)?';
const colourless = `(?:${monochrome}|(?:색깔?|색감|컬러|채도)(?:을|를|만|은)? ?(?:다 |전부 |싹 |쫙 |좀 |확 )*(?:빼|뺄|없애|제거|낮춰|낮추|줄여|줄이|죽여|지워|날려))`;
const desaturate: readonly Cue[] = [
  cue(
    `(?<thing>.+?)(?:만|은|는) ?(?:빼고 )?(?:원래 ?|그대로 ?)?(?:컬러|칼라|색깔?|색|원래 색|색감)(?:로|으로|을|를|은|이)? ?(?:살리|살려|남기|남겨|두|놔두|냅두|유지|살아|보이)[가-힣]*,?(?: (?:놓고|두고|있게|되|하고))?(?: ?(?:나머지|나머진|다른|배경|주변|그 외)[가-힣]*)?(?: (?:곳|것|부분|데)[가-힣]*)?(?: (?:다|싹|모두|전부|전체|쫙))* ?(?:${colourless})?${toTheEnd}`,
    always(adjustment('desaturate', {}, 'background')),
  ),
  cue(
    ending(`(?:(?:다|싹|모두|전부|전체|쫙|통째로|완전|완전히|좀|옛날|감성|클래식|느낌의|오래된) )*${colourless}`),
    always(adjustment('desaturate')),
  ),
];

const sharpen: readonly Cue[] = [
  cue(
    ending(
      '(?:(?:좀|쫌|더|살짝|조금|확|완전) )*(?:선명|또렷|뚜렷|쨍하|쨍한|샤프|날카롭|디테일|해상도|초점 ?(?:맞|잡)|선예도)',
    ),
    always(adjustment('sharpen')),
  ),
];

const blur: readonly Cue[] = [
  cue(
    ending(
      '(?:(?:은은하게|못 읽게|못읽게|안 보이게|못 알아보게|안보이게|뒤쪽|좀|쫌|더|살짝|아주|확|완전|은은히) )*(?:(?<!텀)블러|흐리|흐릿|흐려|흐린|뿌옇|뿌연|뭉개|뭉갤|뭉게|아웃 ?포커|아웃포커|보케|초점 ?(?:을|이)? ?(?:나가|날려|흐|풀|빼)|부옇|몽환|소프트)',
    ),
    always(adjustment('blur')),
  ),
];

const hide = '(?:가려|가리|가릴|감춰|감추|숨겨|숨기|덮어|덮)';
const pixelate: readonly Cue[] = [
  cue(
    ending(
      '(?:(?:안 ?보이게|못 ?읽게|못 ?알아보게|못알아보게|안 ?보이도록|누군지 모르게|모르게|큼지막하게|큼직하게|굵게|진하게|좀|쫌|더|꼼꼼하게|꼼꼼히|확실하게|확실히) )*(?:모자이크|픽셀|도트|검열)',
    ),
    always(adjustment('pixelate')),
  ),
  cue(
    ending(`(?:(?:안 ?보이게|못 ?읽게|못 ?알아보게|안 ?보이도록|누군지 모르게|좀|쫌|꼼꼼하게|확실하게) )*${hide}`),
    always(adjustment('pixelate')),
  ),
  cue(
    ending(
      '(?:누군지 |누구인지 |뭔지 |글자 |번호 |내용 |신원 )?(?:못 ?알아보|(?:안|못) ?읽히|알아볼 수 없|알아보지 못|못 ?읽|읽을 수 없|읽지 못|못 ?알아볼|식별 ?(?:안|못|불가)|누군지 모르|몰라보)',
    ),
    always(adjustment('pixelate')),
  ),
];

const covered = cue(
  `(?<=(?:얼굴|번호판|이름|명찰|전화번호|번호|주소|신원|눈|글씨|글자|개인정보)(?:들)?(?:이|가|은|는|을|를|만|도)?) ?(?:좀 )?(?:안 ?보이|보이지 않)${toTheEnd}`,
  always(adjustment('pixelate')),
);

const flat = '(?:단색 ?|깔끔하게 |깨끗하게 |그냥 |전부 |싹 |다 |통일해서 |순수한 |아주 |완전 |완전히 |새 |한 가지 )*';
const filled =
  (region?: 'background') =>
  ({ colour }: Readonly<Record<string, string | undefined>>): Act | undefined => {
    const shade = colourOf(colour);
    return shade === undefined ? undefined : adjustment('fill', { colour: shade }, region);
  };
const fill: readonly Cue[] = [
  cue(
    `(?:을|를|은|는|에|만)? ?${flat}${koreanColour}(?: ?(?:단색|배경|네모|박스|사각형|한 ?색))*(?:으로|로)? ?(?:가득 |꽉 |싹 |전부 |다 |쫙 |좀 )*(?:채우|채워|채울|채운|덮|메워|메꿔)${toTheEnd}`,
    filled(),
  ),
  cue(
    `(?:뒷|뒤 ?)?배경(?:을|은|만|도|이)? ?(?:색|색깔)?(?:을|만)? ?${flat}${koreanColour}(?: ?(?:단색|배경|한 ?색))*(?:으로|로)? ?(?:[가-힣]* ?)?(?:깔아|깔|처리|바꾸|바꿔|바까|바꿀|만들|해|하|칠|변경|교체|통일|부탁|가|날려|날리|빼|밀어|뽑|$)${toTheEnd}`,
    filled('background'),
  ),
  cue(
    `${koreanColour} ?배경(?:에|으로|에다|위에)? ?(?:[가-힣]* ?)?(?:깔아|처리|바꾸|바꿔|바까|만들|해|하|올려|놓|넣|부탁|$)${toTheEnd}`,
    filled('background'),
  ),
];

const away = '(?:지우|지워|지울|제거|삭제|없애|없앨|날려|날리|날릴|빼|뺄|따|딸|치우|치워|잘라|오려|버려|걷어)';
const clear: readonly Cue[] = [
  cue(
    `^(?<thing>(?!(?:뒷)?배경).+?)(?:만|은|는) ?(?:딱 |깔끔하게 |쏙 |예쁘게 |깨끗하게 )*(?:남기|남겨|놔두|살리|살려|두|놓|오려|따|빼|떼)[가-힣]*(?: (?:두고|놓고|있고))?,? (?:나머지|나머진|배경|주변|다른|그 외)[가-힣]*(?: (?:거|것|부분|곳|건|다|전부|모두|싹|완전히|깨끗이|깔끔하게|물체)[가-힣]*)* ?(?:${away}|투명)${toTheEnd}`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `^(?<thing>(?!(?:뒷)?배경).+?)(?:만|은|는) ?(?:남기고|남겨두고|놔두고) (?:다|싹 다|전부|모두|싹) ?${away}${toTheEnd}`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    `(?:만)? ?(?:오려서|따서|잘라서|떼서)? ?(?:배경|뒷배경)(?:이)? (?:없는|투명한|없이) ?(?:걸로|것으로|거로|사진으로|이미지로|그림으로|png로|파일로|스티커로|상태로|버전으로)?[가-힣a-z]*${toTheEnd}`,
    always(adjustment('clear', {}, 'background')),
  ),
  cue(
    ending(
      `(?:누끼(?:를|만)? ?따서 )?(?:뒷)?배경(?:을|은|만|도|이)? ?(?:다 |싹 |전부 |완전 |완전히 |깔끔하게 |깨끗하게 |깨끗이 |쫙 |확 |모두 |좀 |투명하게 |투명으로 )*(?:${away}|투명|누끼(?:를|만)?(?: ?따)?)`,
    ),
    always(adjustment('clear', {}, 'background')),
  ),
  cue(ending('(?:완전히 |완전 |싹 |다 )*(?:투명)'), always(adjustment('clear'))),
];

const degree =
  '(?:(?:더|좀만|쪼금만?|쪼끔만?|좀|쫌|좀 더|조금 ?더|한층|훨씬|확|많이|살짝만?|약간만?|조금만?|은은하게|화사하고|화사하게|환하고|전체적으로|전체적인|아주|매우|너무 ?(?:는|말고)?|\\d+ ?(?:%|퍼센트)(?:만큼|정도)?|한 ?톤|두 ?톤|반 ?톤) ?)*';
const brighten: readonly Cue[] = [
  cue(
    ending(`(?:밝기|노출|조명|빛|명도)(?:를|을|도|만|좀)? ?${degree}(?:올|높|키|업|늘|밝|세게|살려|살리)`),
    always(adjustment('brighten', { amount: 0.35 })),
  ),
  cue(
    ending(`(?:밝기|노출|조명|빛|명도)(?:를|을|도|만|좀)? ?${degree}(?:낮|내|줄|다운|죽|어둡)`),
    always(adjustment('brighten', { amount: -0.35 })),
  ),
  cue(
    ending(`${degree}(?:밝게|밝아|밝혀|밝히|밝은|밝도|환하게|환히|환해|훤하|훤히|화사|뽀샤시|밝)`),
    always(adjustment('brighten', { amount: 0.35 })),
  ),
  cue(
    ending(`${degree}(?:어둡게|어두워|어둡|컴컴|톤 ?다운|톤 ?낮|어두운)`),
    always(adjustment('brighten', { amount: -0.35 })),
  ),
];

const into =
  '(?:바꾸|바꿔|바꿀|바꾼|바까|바꺼|교체|변경|대체|변신|갈아|만들|바뀌|고쳐|해줘|해 줘|했으면|부탁|둔갑|교환)';
const placed = '(?:놓|놔|넣|두|둬|그려|그리|세워|세우|올려|올리|앉혀|달아|걸어|심어|합성|배치|채워|해|하)';
const replaced = ({ prompt }: Readonly<Record<string, string | undefined>>): Act | undefined => {
  const bare = prompt?.trim().replace(/^(?:그냥|좀|예쁜 걸로|차라리) /, '');
  return bare === undefined ||
    colourOf(bare) !== undefined ||
    /^대신/.test(bare) ||
    /(?:색|게|컬러|톤|적|마음|대)$|^(?:따|새|서|별|바|도|함부|진짜|정말|실제|억지)$/.test(bare)
    ? undefined
    : { kind: 'replace', prompt: bare };
};
const replace: readonly Cue[] = [
  cue(
    `(?:(?:이|가)? ?있는 (?:자리|곳|데)(?:에|에다가?)? ?.*?)?(?<thing>[^,]+?) ?(?:대신에?|(?!.* 대신에? )(?:자리에다가?|자리에)|있던 (?:자리|곳|데)에) (?<prompt>[^,]+?)(?:을|를|이|가|만)? (?:하나 |한 ?개 |좀 |한 마리 |한 대 )*${placed}${toTheEnd}`,
    replaced,
  ),
  cue(
    `(?:을|를|은|는|도|만|(?<=걸|것|거))? (?:좀 |그냥 |차라리 )*(?<prompt>(?!(?:걸|것|거)(?: |로|으로))[^,을를은는]+?)(?:으로|로) (?:좀 |그냥 |싹 |확 )*${into}${toTheEnd}`,
    replaced,
  ),
  cue('(?:을|를|은|는) (?<prompt>[^,을를은는]+?)(?:으로|로)[~!. ]*$', replaced),
];

const paint =
  '(?:바꾸|바꿔|바꿀|바까|바꺼|칠|색칠|도색|만들|물들|염색|변경|변신|교체|맞춰|맞추|통일|입혀|해|하|부탁|가|페인트|뽑|처리|도배|변하|좀|요|여|$)';
const painted = ({ colour }: Readonly<Record<string, string | undefined>>): Act | undefined => {
  const shade = colourOf(colour);
  return shade === undefined ? undefined : adjustment('recolour', { colour: shade });
};
const recolour: readonly Cue[] = [
  cue(
    `(?:의)? ?(?:(?<!\\S)색깔?|색상|컬러|(?<= )색|색)?(?:을|를|은|만|도)? ?(?:좀 |쫌 |그냥 |전부 |다 |싹 |아예 |더 |예쁜 |이쁜 |진짜 )*${koreanColour} ?(?:페인트로 |색으로 |계열로 |느낌으로 |좀 |쫌 |싹 |다 )*${paint}${toTheEnd}`,
    painted,
  ),
];

const segment: readonly Cue[] = [
  cue(
    ending(
      '(?:(?:쪽 )?(?:영역|부분|모양|윤곽)(?:을|만|대로)? ?)?(?:(?:깔끔하게|예쁘게|정확하게|정확히|쏙|딱|따로|좀) )*(?:마스크(?:로|를|만)? ?|누끼(?:를|만|로)? ?)?(?:오려|오리|오릴|누끼|따로|따줘|따 ?주|따|딸|선택|분리|추출|도려|마스크|마스킹|잘라내|떼어)',
    ),
    always({ kind: 'segment' }),
  ),
];

const detect: readonly Cue[] = [
  cue(
    ending(
      '(?:(?:이|가|은|는)? ?(?:어디(?:에)?|어딨|어따|어느 ?(?:쪽|위치)에?|어디쯤|위치)[가-힣]* ?(?:있는지|있나|있는|뒀는지|있을까|계신지|있어)?,? ?)?(?:(?:좀|다|전부|모두|한번|한 번|다시|하나하나|빠짐없이) )*(?:찾|표시|탐지|검출|감지|짚어|가리켜|체크|콕 집|(?<![가-힣])집어|골라|보여(?:줘|주|달|봐|드| 줘| 주))',
    ),
    always({ kind: 'detect' }),
  ),
  cue(
    ending('(?:의|들)? ?(?:위치|자리)(?:를|을|만|도)? ?(?:좀 |전부 |다 |모두 )*(?:찾|표시|알려|짚|체크|보여|어디)'),
    always({ kind: 'detect' }),
  ),
];

const remove: readonly Cue[] = [
  cue(
    ending(
      '(?:(?:좀|쫌|싹|다|전부|모두|확|그냥|완전히|완전|깔끔하게|깨끗하게|깨끗이|감쪽같이|티 안 나게|자연스럽게|흔적 없이|아예|얼른|빨리|도로) )*(?:지우|지워|지울|지운|지웁|지웠|제거|삭제|없애|없앨|없앤|없앴|치우|치워|치울|치웠|날려|날리|날릴|빼|뺄|뺐|떼|뗄|뗐|벗겨|벗기|걷어|쫓아|내보내|내쫓|버려|딜리트|정리|덜어|처분)',
    ),
    always({ kind: 'remove' }),
  ),
  cue(
    ending(
      '(?:이|가|은|는)? ?(?:(?:아예|싹|좀|그냥) )*(?:안 ?보이게|보이지 않게|안 ?보이도록|사라지게|없어지게|없던 (?:것|거)처럼|없는 (?:것|거)처럼|사라졌|없어졌|없었)',
    ),
    always({ kind: 'remove' }),
  ),
];

/** All signs in Korean, whose verbs come last in a clause; the surest first. */
export const koreanCues: readonly Cue[] = [
  ...desaturate,
  ...clear,
  ...crop,
  ...straighten,
  ...outline,
  ...sharpen,
  ...blur,
  ...pixelate,
  covered,
  ...fill,
  ...brighten,
  ...recolour,
  ...replace,
  ...segment,
  ...detect,
  ...remove,
];
