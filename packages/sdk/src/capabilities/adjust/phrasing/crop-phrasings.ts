import type { Phrasing } from '../operation.ts';

type Groups = Readonly<Record<string, string | undefined>>;

/** Shares of the thing's longer side that words of room stand for. */
const rooms: readonly { readonly words: RegExp; readonly margin: number }[] = [
  { words: /^(?:no|without)\b|tight|close|바짝|딱|꽉|없이/, margin: 0 },
  { words: /lot|plenty|much|more|generous|wide|ample|loose|넉넉|많이|충분/, margin: 0.4 },
  { words: /./, margin: 0.2 },
];

/** Reads the groups `percent` and `room` (their others where a pattern holds them more than once); where nothing was said, the default holds. */
function readMargin({ percent, percentBefore, percentAfter, room, roomBefore, roomAfter, close }: Groups): {
  margin?: number;
} {
  const share = percent ?? percentBefore ?? percentAfter;
  if (share !== undefined) return { margin: Number(share) / 100 };
  const said = room ?? roomBefore ?? roomAfter ?? close;
  const found = said === undefined ? undefined : rooms.find(({ words }) => words.test(said.trim()));
  return found ? { margin: found.margin } : {};
}

const named = '(?:picture|photo|photograph|image|pic|shot)';
const picture = `(?:(?:the|this|my|whole|entire) )*${named}`;
const amount =
  '(?:no|without any|without|(?:just )?a (?:little |tiny )?bit of|a little|some|a lot of|lots of|plenty of|more|much|a (?:small|thin|narrow|generous|wide|large))';
/** "with a bit of room around it", "leaving no margin", "and keep some space", "with a 20% margin". */
const room = `(?:,? (?:and )?(?:with |leaving |leave |keeping |keep |plus )?(?:(?:an? )?(?<percent>\\d+) ?(?:%|percent)(?: of)?|(?<room>${amount}))(?: extra| free| breathing| empty)? (?:room|space|margins?|padding|border)(?: (?:around|on (?:all|every|each) sides?|to spare|at the).*)?)?`;
const close = '(?:(?<close>tightly|closely|tight|close|loosely) )?';
/** "down to", "in on", "so that it shows only". */
const to = `(?:down )?${close}(?:down )?(?:to|around|in on|in to|into|onto|on)(?: (?:just|only|show|showing|fit|include|contain|the (?:part|area|region|bit) (?:with|around|of)))*`;
/** A target begins with no preposition, and "crop X out" cuts X out. */
const thing =
  '(?<target>(?!(?:to|around|in|into|on|onto|out|down|off|away|tightly|closely|everything|all)\\b).+?)(?<! out)';

/** The picture itself as a target is left to the phrasing without one. */
const english = (source: string): Phrasing => ({
  language: 'en',
  pattern: new RegExp(`^${source}${room}$`),
  onlyFor: 'subject',
  parameters: readMargin,
});

const koreanPicture = '(?:(?:이|그|내) )?(?:사진|그림|이미지)(?:을|를|은|는)?';
const koreanSpace = '(?:여백|여유|공간)';
const koreanAmount = '(?:조금|약간|살짝|좀|넉넉하게|넉넉히|많이|충분히)';
const leaving = '(?:두고|남기고|남겨서|주고|둬서|넣고|넣어서|있게)';
/** 여백을 조금 두고, 여백 없이, 20% 여백을 두고, 딱 맞게. */
const koreanRoom = `(?:(?<percent>\\d+) ?(?:%|퍼센트) ?(?:의 ?)?${koreanSpace}(?:을|를|으로)? ?${leaving}? |(?<room>딱 맞게|딱|바짝|꽉 차게|(?:주변에 |주위에 )?${koreanSpace} ?없이|(?:주변에 |주위에 )?(?:${koreanAmount} )?${koreanSpace}(?:을|를|은|도)? ?(?:${koreanAmount} ?)?${leaving}) )?`;
const koreanCrop = '(?:크롭|자르|자를|잘라|트리밍|오려).*';

const korean = (source: string): Phrasing => ({
  language: 'ko',
  pattern: new RegExp(
    `^(?:${koreanPicture} )?${koreanRoom.replace('<percent>', '<percentBefore>').replace('<room>', '<roomBefore>')}${source}$`,
  ),
  onlyFor: 'subject',
  parameters: readMargin,
});

const wholePicture = (language: Phrasing['language'], source: string): Phrasing => ({
  language,
  pattern: new RegExp(`^${source}$`),
  region: 'subject',
  parameters: readMargin,
});

/** How people ask for less of the picture: "crop to the dog", "trim the photo down to the cup", "강아지만 나오게 잘라줘". */
export const cropPhrasings: readonly Phrasing[] = [
  english(`(?:crop|trim|clip|reframe) (?:(?:${picture}|it|this) )?${to} ${thing}`),
  english(`cut (?:${picture}|it|this) ${to} ${thing}`),
  english(
    `(?:crop|trim) (?:${picture} )?so (?:that )?(?:it shows |it has )?(?:only|just) ${thing}(?: (?:is|are|remains?|stays?|shows?|fits?)(?: .+)?)?`,
  ),
  english(
    `(?:crop|trim) (?:out |away |off )?(?:everything|all)(?: else)? (?:but|except(?: for)?|apart from|around|other than|outside(?: of)?) ${thing}`,
  ),
  english(`(?:trim|crop|cut) (?:away|off) (?:everything|all|what is|the space) (?:around|outside(?: of)?) ${thing}`),
  english(`(?:zoom|close|crop|move) in (?:${close}(?:on|to|onto)) ${thing}`),
  english(`(?:make|have|let) ${thing} fill (?:the frame|${picture})`),
  wholePicture('en', `(?:crop|trim) ${close}(?:${picture}|it|this)(?: down)?${room}`),
  english(`crop ${close}${thing}`),
  korean(
    `(?<target>.+?)(?:만|이|가) (?:화면에 )?${koreanRoom}(?:나오게|나오도록|보이게|보이도록|들어가게|남게|남도록) ${koreanRoom.replace('<percent>', '<percentAfter>').replace('<room>', '<roomAfter>')}${koreanCrop}`,
  ),
  korean(
    `(?<target>.+?)(?:을|를)? ?(?:중심으로|위주로|기준으로|주변으로|주위로|주변만|주위만|부분만|쪽만|쪽으로|크기로|크기에 맞게|크기에 맞춰) ?(?:만 )?${koreanRoom}${koreanCrop}`,
  ),
  korean(`(?<target>.+?)에 ?(?:딱 )?(?:맞게|맞춰서|맞춰|맞추어) ${koreanRoom}${koreanCrop}`),
  korean(
    '(?<target>.+?)만 남기고 (?:나머지(?:는|를)? |나머지 부분(?:은|을)? |다 |전부 |모두 )?(?:크롭|자르|잘라|트리밍).*',
  ),
  wholePicture('ko', `${koreanPicture} ?${koreanRoom}(?:크롭|트리밍).*`),
  korean(`(?<target>.+?)(?:만|으로|로|을|를)? ${koreanRoom}(?:크롭|트리밍).*`),
];
