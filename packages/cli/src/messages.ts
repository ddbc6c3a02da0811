import type { Candidate, Language } from '@atelier/sdk';

/** What a receipt says about one thing that was protected. */
export interface ProtectedThing {
  readonly kind: 'faces' | 'text' | 'phrase' | 'box' | 'mask';
  readonly phrase?: string | undefined;
  readonly found: number;
}

/** The words of the commands themselves; what happens during a run is worded by the SDK. */
export interface Words {
  readonly detecting: string;
  readonly segmenting: string;
  readonly asking: string;
  readonly planning: string;
  readonly loading: string;
  readonly cancelled: string;
  readonly done: string;
  readonly error: string;
  readonly hint: string;
  readonly see: string;
  readonly note: string;
  /** @param brain its name, where one plans */
  readonly inUse: (backends: readonly string[], brain?: string) => string;
  readonly sentTo: (addresses: readonly string[]) => string;
  readonly brainSees: (brain: string, where: string) => string;
  readonly readingModels: string;
  /** How to have a server do what this machine cannot, behind a hint. */
  readonly tryServer: string;
  readonly plan: string;
  readonly written: string;
  readonly outside: string;
  readonly checked: string;
  readonly encoding: string;
  readonly yes: (reason: string) => string;
  readonly no: (reason: string) => string;
  readonly pixels: (count: number) => string;
  readonly nothingFound: string;
  readonly notFound: (phrases: readonly string[]) => string;
  readonly phrase: string;
  readonly number: string;
  readonly label: string;
  readonly score: string;
  readonly box: string;
  readonly area: string;
  readonly lossy: (format: string) => string;
  readonly transparency: string;
  readonly flattened: string;
  readonly notWritten: string;
  /** Behind `written`, where there was no edit. */
  readonly nothingChanged: string;
  /** Of an edit that was planned. */
  readonly notDone: string;
  /** Why a brain's words are not to be taken for deeds. */
  readonly wordsAlone: string;
  readonly choiceUnused: string;
  readonly protected: string;
  /** @param things what was protected, each with how many were found */
  readonly protectedThings: (things: readonly ProtectedThing[], area: number, changed: number) => string;
  readonly recipe: string;
  readonly noRecipe: string;
  readonly mayI: (call: string) => string;
  readonly notAskedFor: string;
  readonly outlined: (path: string) => string;
  readonly yesOrNo: string;
  readonly notApproved: (tool: string) => string;
  readonly ambiguous: (phrase: string, count: number) => string;
  readonly noMatch: (phrase: string) => string;
  readonly onlySeen: (phrase: string, seen: Candidate) => string;
  /** How to answer "which one?" on the command line. */
  readonly chooseAmong: (reason: 'ambiguous' | 'no-match', count: number) => string;
  readonly numbered: (path: string) => string;
  readonly enterNumber: string;
  readonly notANumber: (most: number) => string;
}

const en: Words = {
  detecting: 'Finding things...',
  segmenting: 'Cutting out...',
  asking: 'Looking at the picture...',
  planning: 'Planning...',
  loading: 'Reading the picture...',
  cancelled: 'Cancelled.',
  done: 'done:',
  error: 'error:',
  hint: 'hint:',
  see: 'see:',
  note: 'note:',
  inUse: (backends, brain) =>
    `${brain === undefined ? '' : `Brain: ${brain === 'planner' ? 'built-in planner (offline)' : brain}. `}Backend${backends.length > 1 ? 's' : ''}: ${backends.join(', ')}.`,
  sentTo: (addresses) => `pictures are sent to ${addresses.join(' and ')}`,
  brainSees: (brain, where) => `the brain ${brain} plans: the request and reduced pictures are sent to ${where}`,
  readingModels: 'Asking the server for its models...',
  tryServer: 'If you have a Triton server, add --backend triton --url http://HOST:8000.',
  plan: 'Plan',
  written: 'Written',
  outside: 'Changed outside',
  checked: 'Verified',
  encoding: 'Encoding',
  yes: (reason) => `yes: ${reason}`,
  no: (reason) => `NO: ${reason}`,
  pixels: (count) => (count === 1 ? '1 pixel' : `${count} pixels`),
  nothingFound: 'Nothing found.',
  notFound: (phrases) => `not found: ${phrases.join(', ')}`,
  phrase: 'Phrase',
  number: '#',
  label: 'Label',
  score: 'Score',
  box: 'Box (x, y, width, height)',
  area: 'Area',
  lossy: (format) => `lossy (${format}): pixels outside may differ a little in the file; write .png to keep every one`,
  transparency: 'Transparency',
  flattened: 'laid on white, for JPEG has none; write .png or .webp to keep it',
  notWritten: 'no file: no pixel changed',
  nothingChanged: 'no file: the picture was not changed',
  notDone: 'Not done',
  wordsAlone: 'the request asks for a change, and the brain made none, whatever it says',
  choiceUnused: '--choice was not needed',
  protected: 'Protected',
  protectedThings: (things, area, changed) => {
    const names = { faces: 'face', text: 'piece of text', phrase: '', box: 'box', mask: 'mask' };
    const told = things.map(({ kind, phrase, found }) => {
      if (kind === 'phrase') return `"${phrase ?? ''}": ${found}`;
      return `${found} ${kind === 'text' && found !== 1 ? 'pieces of text' : names[kind]}${found === 1 || kind === 'text' ? '' : kind === 'box' ? 'es' : 's'}`;
    });
    return `${told.join(', ')} (${en.pixels(area)}); changed: ${changed}`;
  },
  recipe: 'Recipe',
  noRecipe: 'no recipe was written: there is no edit to write down',
  mayI: (call) => `May I? ${call}`,
  notAskedFor: 'The request did not lead to this.',
  outlined: (path) => `The picture with the place outlined: ${path}`,
  yesOrNo: 'y or n (Enter: no): ',
  notApproved: (tool) => `${tool} waited for a yes that nobody could give, and was not done`,
  ambiguous: (phrase, count) => `${count} things could be "${phrase}". Which one?`,
  noMatch: (phrase) => `I do not see "${phrase}". I see this instead. Which one is it?`,
  onlySeen: (phrase, { label, score }) =>
    `I do not see "${phrase}". I see ${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label}, ${Math.round(score * 100)} %. That one?`,
  chooseAmong: (reason, count) => {
    if (reason === 'ambiguous') return 'Say which one with --choice NUMBER, or by its place ("the left one").';
    return count === 1 ? 'Answer with --choice 1.' : 'Say which one with --choice NUMBER.';
  },
  numbered: (path) => `The picture with the numbers: ${path}`,
  enterNumber: 'Number (Enter to cancel): ',
  notANumber: (most) =>
    most === 1 ? 'Type 1, or Enter to cancel.' : `Type a number from 1 to ${most}, or Enter to cancel.`,
};

const ko: Words = {
  detecting: '객체 찾는 중...',
  segmenting: '객체 오려내는 중...',
  asking: '사진 살펴보는 중...',
  planning: '계획 세우는 중...',
  loading: '사진 읽는 중...',
  cancelled: '취소했습니다.',
  done: '완료:',
  error: '오류:',
  hint: '도움말:',
  see: '그림:',
  note: '참고:',
  inUse: (backends, brain) =>
    `${brain === undefined ? '' : `두뇌: ${brain === 'planner' ? '내장 플래너(오프라인)' : brain}. `}백엔드: ${backends.join(', ')}.`,
  sentTo: (addresses) => `사진을 서버로 보냅니다: ${addresses.join(', ')}`,
  brainSees: (brain, where) => `두뇌 ${brain}에게 맡깁니다. 요청과 줄인 사진을 보내는 곳: ${where}`,
  readingModels: '서버의 모델 확인하는 중...',
  tryServer: 'Triton 서버가 있으면 --backend triton --url http://HOST:8000 옵션을 더하세요.',
  plan: '계획',
  written: '저장 위치',
  outside: '영역 밖 변경',
  checked: '확인',
  encoding: '저장 형식',
  // The tools give their reasons in English; the answer above these lines says them in Korean.
  yes: () => '확인됨',
  no: () => '확인되지 않음',
  pixels: (count) => `픽셀 ${count}개`,
  nothingFound: '찾은 것이 없습니다.',
  notFound: (phrases) => `찾지 못함: ${phrases.join(', ')}`,
  phrase: '찾은 말',
  number: '#',
  label: '이름',
  score: '점수',
  box: '위치 (x, y, 너비, 높이)',
  area: '넓이',
  lossy: (format) =>
    `손실 압축(${format}): 파일에서는 영역 밖 픽셀도 조금 달라질 수 있습니다. 그대로 두려면 .png로 저장하세요`,
  transparency: '투명도',
  flattened: 'JPEG에는 투명도가 없어 흰 바탕에 합쳤습니다. 지키려면 .png나 .webp로 저장하세요',
  notWritten: '파일 없음: 바뀐 픽셀이 없습니다',
  nothingChanged: '파일 없음: 사진을 바꾸지 않았습니다',
  notDone: '하지 않음',
  wordsAlone: '사진을 바꾸라는 요청인데, 두뇌는 뭐라고 답했든 아무것도 바꾸지 않았습니다',
  choiceUnused: '--choice는 필요하지 않았습니다',
  protected: '보호',
  protectedThings: (things, area, changed) => {
    const names = { faces: '얼굴', text: '글자', phrase: '', box: '상자', mask: '마스크' };
    const told = things.map(
      ({ kind, phrase, found }) => `${kind === 'phrase' ? `"${phrase ?? ''}"` : names[kind]} ${found}개`,
    );
    return `${told.join(', ')} (${ko.pixels(area)}), 변경 ${changed}`;
  },
  recipe: '레시피',
  noRecipe: '적을 편집이 없어 레시피를 저장하지 않았습니다',
  mayI: (call) => `해도 될까요? ${call}`,
  notAskedFor: '요청에서 나오지 않은 일입니다.',
  outlined: (path) => `바뀔 곳을 표시한 사진: ${path}`,
  yesOrNo: '예 또는 아니요 (Enter: 아니요): ',
  notApproved: (tool) => `${tool}: 허락할 사람이 없어 하지 않았습니다`,
  ambiguous: (phrase, count) => `"${phrase}"에 맞는 것이 ${count}개 있습니다. 어느 것인가요?`,
  noMatch: (phrase) => `"${phrase}"에 맞는 것은 보이지 않습니다. 대신 이런 것이 보입니다. 어느 것인가요?`,
  onlySeen: (phrase, { label, score }) =>
    `"${phrase}"에 맞는 것은 보이지 않습니다. ${label}(${Math.round(score * 100)} %) 하나가 보입니다. 이것인가요?`,
  chooseAmong: (reason, count) => {
    if (reason === 'ambiguous') return '--choice 번호로, 또는 "왼쪽 것"처럼 위치로 골라 주세요.';
    return count === 1 ? '맞으면 --choice 1로 답하세요.' : '--choice 번호로 골라 주세요.';
  },
  numbered: (path) => `번호를 적은 사진: ${path}`,
  enterNumber: '번호 (취소하려면 Enter): ',
  notANumber: (most) =>
    most === 1
      ? '1을 입력하거나, 취소하려면 Enter를 누르세요.'
      : `1부터 ${most}까지의 번호를 입력하거나, 취소하려면 Enter를 누르세요.`,
};

export const wordsIn = (language: Language): Words => ({ en, ko })[language];

/** The language of a request by its script: Korean where it holds Hangul. The same rule as the SDK's, without loading it. */
export const languageOfText = (text: string): Language => (/\p{Script=Hangul}/u.test(text) ? 'ko' : 'en');
