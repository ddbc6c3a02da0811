import type { Beyond, ReadEdit } from './beyond.ts';

const straight = /수평|수직|기울|똑바로|반듯|삐뚤|비뚤/;
const turns =
  /(?:거꾸로|위아래로|상하로?|좌우로?|옆으로|반대로)[^,.]{0,12}(?:뒤집|돌려|돌리|반전|회전)|\d+ ?도(?:로|만큼|씩)?[^,.]{0,12}(?:돌려|돌리|회전)|(?:좌우|상하) ?(?:반전|대칭)|뒤집어|뒤집고|회전(?:해|시켜|하)|(?:시계|반시계) ?방향/;
const adds = /(?<thing>[가-힣]+)(?:을|를|도)? ?(?:추가(?:해|하)|넣어|넣고|그려 ?넣|덧그려)/;
const sizes = /(?:더 )?(?:크게|작게|커지게|작아지게|길게|짧게|넓게|좁게) ?(?:해|하|만들|바꿔|키워)|키워|줄여/;
const notSo =
  /[가-힣]+(?:이|가|은|는|게)? ?(?:아니게|아닌 ?(?:걸|것|색|색깔)?(?:으)?로|아니도록)|(?:안|않) ?[가-힣]*(?:색|빨갛|파랗|노랗|하얗|까맣)[가-힣]*(?:게|으로|로)/;

/** What belongs to a thing, and changes with it. */
const part =
  '(?:손잡이|뚜껑|테두리|가장자리|끈|로고|상표|라벨|글씨|글자|눈|눈동자|얼굴|머리|머리카락|코|입|입술|이빨|수염|귀|손|손가락|팔|다리|발|꼬리|날개|부리|털|피부|깃|소매|단추|주머니|바퀴|타이어|전조등|번호판|줄기|꽃잎|받침|모서리|안쪽|바깥쪽)';
const stays =
  '(?:그대로|놔두|놔둬|냅두|냅둬|건드리지|건들지|손대지|바꾸지|칠하지|빼고|빼줘|빼 ?주|빼곤|제외|남겨|남기|두고|말고|말아)';
const partStays = new RegExp(`(?<part>${part})(?:은|는|을|를|만|만은|부분은|부분만)? ?${stays}`);
/** 컵을 손잡이만 빼고: the rest of the cup, not of the picture. */
const restOf =
  /(?<whole>[가-힣]+)(?:을|를|은|는|의|에서) (?<kept>[가-힣]+(?: [가-힣]+)?)(?:만|은|는)? ?(?:빼고|제외하고|제외하곤|빼곤)/;
const everything =
  /^(?:배경|사진|그림|이미지|화면|전체|전부|모두|다|나머지|주변|주위|모든|것|거|걸|건|이거|이것|여기|부분|뒤|뒤쪽|색|색깔)$/;

/** What Korean words ask for beyond what `edits` would do. */
export function koreanBeyond(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  const not = edits.find(({ target }) => /(?:^| )(?:아닌|않은) /.test(target));
  if (not) return { kind: 'negation', words: not.target };
  // "The cup that is not green" is no edit to take back.
  const other = edits.every(({ tool }) => tool === 'undo_edit') ? /[가-힣]+ ?아닌 [가-힣]+/.exec(sentence) : null;
  if (other) return { kind: 'negation', words: other[0] };
  const negated = notSo.exec(sentence);
  if (negated && edits.some(({ colour }) => colour !== undefined && negated[0].includes(colour.replace(/색$/, ''))))
    return { kind: 'negation', words: negated[0] };
  const turn = straight.test(sentence) ? null : turns.exec(sentence);
  if (turn && !edits.some(({ target }) => /뒤집|거꾸로|회전/.test(target))) return { kind: 'turn', words: turn[0] };
  return addedThing(sentence, edits) ?? excepted(sentence, edits);
}

/** What Korean words that were not understood ask for, where that can be told. */
export function koreanWish(sentence: string): Beyond | undefined {
  const kinds = [
    ['turn', straight.test(sentence) ? undefined : turns],
    ['negation', notSo],
    ['add', adds],
    ['size', sizes],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const found = pattern?.exec(sentence);
    if (found) return { kind, words: found[0] };
  }
  return undefined;
}

function addedThing(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  const found = adds.exec(sentence);
  const thing = found?.groups?.thing.replace(/[을를도]$/, '');
  const taken = edits.some(({ tool, target }) => tool !== 'inpaint_image' && target !== '' && target === thing);
  return found && taken ? { kind: 'add', words: found[0] } : undefined;
}

function excepted(sentence: string, edits: readonly ReadEdit[]): Beyond | undefined {
  const rest = restOf.exec(sentence);
  const kept = rest?.groups?.kept.replace(/(?:만|은|는)$/, '');
  const ofBackground = edits.some(({ region, target }) => region === 'background' && target === kept);
  if (rest && ofBackground && !everything.test(rest.groups?.whole ?? '')) return { kind: 'exception', words: rest[0] };
  const stayed = partStays.exec(sentence);
  const name = stayed?.groups?.part;
  if (!stayed || name === undefined) return undefined;
  // 얼굴은 지우지 말고 흐리게: another deed for the same part.
  const others = edits.filter(
    ({ target, region }) => target !== '' && !target.endsWith(name) && region !== 'background',
  );
  const own = edits.filter(({ tool, target }) => target.endsWith(name) && tool !== 'remove_object');
  return others.length > 0 && own.length === 0 ? { kind: 'exception', words: stayed[0] } : undefined;
}
