import { isKoreanThing, trimKorean } from '../frames/korean-thing.ts';
import type { Part } from '../part.ts';

const keeps =
  /^(?<thing>.*?)(?:은|는|을|를|만|이랑|도)? ?(?:(?:그냥|그대로|절대|제발|다|전부|괜히|일단|원래대로|지금처럼|있는 그대로) )*(?:건드리지|건들지|손대지|손 대지|지우지|지우진|지우지는|바꾸지|바꾸진|없애지|자르지|자르진|만지지|흐리게 하지|하지|변경하지|편집하지|수정하지|냅두|냅둬|냅둡|놔두|놔둬|놔둡|내버려|그대로 (?:두|둬|놔|놓|유지|있)|그냥 (?:두|둬|냅|놔)|살려둬|살려두|살려놔|살려놓|두세|두셔|두시|두고|둬|유지|남겨둬|남겨두|말고|마세요|마$|안 건드|안건드|괜찮|필요 ?없|됐어|됐고|됐습|됐음|관둬)[가-힣]*(?: ?(?:둬|두세|두고|두시|두셔|둡|줘|주세요|주시고|주고|주라|마|마세요|말고|말아|놔|놓|돼|됩|요|있)[가-힣]*)*$/;
const never =
  /(?:라는|라고 하는|자는|달라는) (?:건|거|게|것은|것이|말은|말이)? ?아니[\s\S]*$|^(?:편집|수정|보정)(?:은|는)? (?:나중에|안 해도|필요)[\s\S]*$|^(?:없으면|아니면) ?말고[\s\S]*$/;
const onlyNoun = /^[^ ]+(?: [^ ]+)* 말고$/;

/** 포도는 건드리면 안 돼: not allowed. A question of the same form is a wish. */
const forbidden =
  /^(?<thing>.*?)(?:은|는|을|를|도|만)? ?(?:[가-힣]+게 ?)?(?:건드리|건들|손대|손 대|지우|바꾸|없애|자르|만지|하|가리|변하|바뀌|변경하|편집하|수정하|지워지|사라지|치우|빼|날리|잘리)(?:시)?면 ?(?:절대 ?)?(?:안 ?[돼되됩]|큰일|곤란|싫)[가-힣]*$/;

/** A clause that forbids something, or wants a thing left as it is: what it leaves undone is nobody's request. */
export function koreanDeclined(chunk: string): readonly Part[] | undefined {
  const text = chunk.replace(/[\s,.~!?…;ㅋㅎㅠㅜㅡ]+$/, '').trim();
  if (never.test(text)) return [{ kind: 'declined' }];
  if (/^[^?？]*$/.test(chunk) && !/(?:될까|되나|되니|될지|돼나)[가-힣]*$/.test(text)) {
    const kept = forbidden.exec(text)?.groups?.thing;
    if (kept !== undefined) return [{ kind: 'declined', ...nameOf(kept) }];
  }
  // 컵 말고 goes on: the cup is named to say that another is meant.
  if (onlyNoun.test(text) && !/지 ?말고$/.test(text) && !/[진건] 말고$/.test(text)) return undefined;
  // 컵만 놔두고 나머지 지워: what stays bounds the rest.
  if (
    /(?:놔두고|냅두고|남겨두고|두고)$/.test(text) &&
    /만 ?[^ ]*$/.test(text.replace(/(?:놔두고|냅두고|남겨두고|두고)$/, '').trim())
  )
    return undefined;
  return keeps.test(text) &&
    /(?:지 ?(?:마|말)|지는 ?말|진 ?말|냅|놔|내버려|그대로|유지|살려|남겨|둬|두세|두셔|두고|두시|말고|마세요|건드|필요|됐|괜찮|관둬)/.test(
      text,
    ) &&
    !/(?:되돌|취소|지워|바꿔|없애)[^ ]*$/.test(text)
    ? [{ kind: 'declined', ...thingOf(text) }, ...goesOnAbout(text)]
    : undefined;
}

/** 얼굴은 지우지 말고 흐리게: another deed for the same thing; not after 건드리지 말고. */
function goesOnAbout(text: string): readonly Part[] {
  const { thing } = thingOf(text);
  return thing !== undefined && /(?:지우|없애|자르|가리|빼|날리|삭제하|제거하)(?:지|진|지는) ?말고$/.test(text)
    ? [{ kind: 'topic', thing }]
    : [];
}

const thingOf = (text: string): { readonly thing?: string } => nameOf(keeps.exec(text)?.groups?.thing ?? '');

function nameOf(words: string): { readonly thing?: string } {
  const thing = trimKorean(words);
  // 노란 거는 두고: what a thing is called is said elsewhere.
  return isKoreanThing(thing) && !/(?:^| )(?:거|것|애|놈)$/.test(thing) ? { thing } : {};
}
