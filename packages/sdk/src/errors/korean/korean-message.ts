import type { AtelierErrorCode } from '../atelier-error.ts';
import { withParticle } from './particle.ts';
import { isServerErrorCode, type ServerErrorCode, serverProblem } from './server-problems.ts';

type Details = Readonly<Record<string, unknown>>;

/** An error as it travels; its code may be one of a caller's own. */
export interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly details?: Details | undefined;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown): readonly string[] => list(value).filter((item) => typeof item === 'string');

/** What a capability does, as the end of "…은 할 수 없습니다". */
const abilities: Readonly<Record<string, string>> = {
  ask: '이 질문에 답하기',
  detect: '객체 찾기',
  segment: '객체 오려내기',
  remove: '객체 지우기',
  inpaint: '다른 것으로 바꿔 그리기',
  generate: '새 그림 그리기',
  adjust: '보정하기',
};

/** What would touch protected pixels, by the beginning of the English words. */
const protectedProblems: readonly (readonly [string, string])[] = [
  ['All of what would change', '바꾸려는 곳이 모두 보호되어 있습니다'],
  ['Cropping', '자르면 보호된 부분이 잘려 나갑니다'],
  ['Turning', '사진을 돌리면 보호된 부분이 바뀝니다'],
];

const quoted = (korean: string, english: string): string => `${korean}: “${english}”`;

const onFile = ({ path }: Details, problem: string, otherwise: string): string =>
  typeof path === 'string' ? `${path}: ${problem}` : otherwise;

/** "1: cup, 80 %; 2: dog, 60 %" */
function seen(candidates: readonly unknown[]): string {
  const told = candidates.flatMap((candidate) => {
    const { number, label, score }: Details = Object(candidate);
    return typeof score === 'number' ? [`${number}: ${label}, ${Math.round(score * 100)} %`] : [];
  });
  return told.length > 0 ? `(${told.join('; ')})` : '';
}

function noMatch({ reason, phrase, candidates }: Details): string {
  if (reason === 'count') return `말씀하신 수와 다릅니다. 사진에는 ${list(candidates).length}개가 보입니다.`;
  const named = text(phrase);
  const sentence = `사진에서 ${named === undefined ? '그것을' : withParticle(`“${named}”`, '을/를')} 찾지 못했습니다.`;
  const others = seen(list(candidates));
  return others === '' ? sentence : `${sentence} 대신 보이는 것이 있습니다 ${others}.`;
}

function unknownPhrase({ unknown, known }: Details): string {
  const words = texts(unknown);
  const named = words.length > 0 ? words.map((word) => `"${word}"`).join(', ') : '이 낱말';
  const count = texts(known).length;
  return `${withParticle(named, '을/를')} 알아보지 못합니다.${count > 0 ? ` 알아보는 것은 ${count}가지입니다.` : ''}`;
}

function unavailable({ capability, backends }: Details): string {
  const names = texts(backends);
  const ability = abilities[text(capability) ?? ''] ?? '이 일';
  const configured = names.length > 0 ? `(${names.join(', ')})` : '';
  return `설정된 백엔드${configured}로는 ${withParticle(ability, '을/를')} 할 수 없습니다.`;
}

function notApproved({ tool, step, refusedBy, reason }: Details): string {
  const what = text(step) === undefined ? text(tool) : `“${step}”`;
  const named = what === undefined ? '' : `${what}: `;
  if (refusedBy === 'nobody') return `${named}허락이 필요한데 답할 사람이 없어 하지 않았습니다.`;
  if (refusedBy === 'rule') return `${named}여기서는 허락되지 않은 일이라 하지 않았습니다.`;
  const why = text(reason);
  return `${named}허락하지 않으셔서 하지 않았습니다.${why === undefined ? '' : ` (이유: ${why})`}`;
}

/** By code; the compiler asks for every one. The English message may hold more than the details: then it is quoted. */
const sentences: Readonly<
  Record<Exclude<AtelierErrorCode, ServerErrorCode>, (details: Details, english: string) => string>
> = {
  'not-found': (details, english) => onFile(details, '파일이 없습니다.', quoted('찾는 것이 없습니다', english)),
  'not-allowed': (details) => onFile(details, '읽을 수 없습니다.', '허용되지 않은 파일이나 주소입니다.'),
  'image-invalid': (details) => onFile(details, '사진으로 읽을 수 없습니다.', '사진으로 읽을 수 없습니다.'),
  'image-too-large': (details) => onFile(details, '사진이 너무 큽니다.', '사진이 너무 큽니다.'),
  'output-not-writable': (details) => onFile(details, '저장할 수 없습니다.', '결과를 저장할 수 없습니다.'),
  'mask-invalid': () => '선택한 부분이 비어 있거나 사진과 크기가 다릅니다.',
  'phrase-unknown': unknownPhrase,
  'no-match': noMatch,
  'choice-needed': ({ phrase, candidates }) =>
    `"${text(phrase) ?? ''}": 맞는 것이 ${list(candidates).length}개라 어느 것인지 정해야 합니다 ${seen(list(candidates))}.`,
  'capability-unavailable': unavailable,
  'backend-failed': (_details, english) => quoted('백엔드가 실패했습니다', english),
  conflict: () => '그사이 다른 곳에서 이 세션을 바꾸었습니다.',
  'request-not-understood': (_details, english) => quoted('요청을 이해하지 못했습니다', english),
  'brain-failed': (_details, english) => quoted('두뇌가 끝까지 하지 못했습니다', english),
  cancelled: () => '취소했습니다.',
  'budget-exceeded': ({ maxSeconds }) =>
    typeof maxSeconds === 'number'
      ? `정해진 시간(${maxSeconds}초)을 넘겨 멈췄습니다.`
      : '두뇌를 부를 수 있는 횟수를 다 써서 멈췄습니다.',
  'deadline-exceeded': ({ deadlineSeconds }) =>
    `정해진 기한${typeof deadlineSeconds === 'number' ? `(${deadlineSeconds}초)` : ''}까지 작업을 끝내지 못했습니다.`,
  'worker-lost': ({ attempts }) =>
    typeof attempts === 'number'
      ? `작업을 맡은 프로세스가 ${attempts}번 멈춰 작업을 그만두었습니다.`
      : '작업을 맡은 프로세스가 작업을 끝까지 하지 못했습니다.',
  'rate-limited': () => '요청이 너무 많습니다.',
  protected: (_details, english) =>
    `${protectedProblems.find(([beginning]) => english.startsWith(beginning))?.[1] ?? '보호된 부분은 바꿀 수 없습니다'}.`,
  'not-approved': notApproved,
  'invalid-input': ({ candidates }, english) =>
    Array.isArray(candidates) ? '그 번호의 후보가 없습니다.' : quoted('값이 올바르지 않습니다', english),
};

const isOther = (code: string): code is keyof typeof sentences => Object.hasOwn(sentences, code);

/**
 * What went wrong, in Korean: from the code and the details; the English words are quoted where they hold more. What is in
 * Korean already, such as a brain's own words about a run in Korean, stays. Undefined for codes that are not of `AtelierError`.
 */
export function koreanMessage({ code, message, details = {} }: ToldError): string | undefined {
  if (isServerErrorCode(code)) return serverProblem(code, details);
  if (!isOther(code)) return undefined;
  return isKorean(message) ? message : sentences[code](details, message);
}

/** Whether a message's own words are Korean: what it quotes may be in any language. A syllable is about two letters. */
function isKorean(message: string): boolean {
  const own = message.replace(/“[^”]*”|"[^"]*"/g, '');
  const count = (letters: RegExp) => own.match(letters)?.length ?? 0;
  return 2 * count(/\p{Script=Hangul}/gu) > count(/\p{Script=Latin}/gu);
}
