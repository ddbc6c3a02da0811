import { type AtelierErrorCode, koreanMessage, type ServerErrorCode } from '@atelier/sdk/errors';
import type { JsonError } from './json-output.ts';
import { serveErrorInKorean } from './korean-serve-errors.ts';
import { koreanServerHints } from './korean-server-hints.ts';
import { budgetOption, isRefused } from './run-hints.ts';

type Told = Pick<JsonError, 'message' | 'hint'>;
type Details = Readonly<Record<string, unknown>>;
type Hint = (error: JsonError, details: Details) => string | undefined;

const outputProblems: Readonly<Record<string, string>> = {
  folder: '폴더입니다. 폴더 안의 파일 이름을 적어 주세요',
  'not-regular': '일반 파일이 아닙니다. 파일 이름을 적어 주세요',
  photo: '원본 사진입니다. 원본은 덮어쓰지 않습니다',
  transparency: '사진의 일부를 투명하게 만드는 요청인데 JPEG에는 투명도가 없습니다',
  'too-large': '이 형식은 사진의 가로나 세로를 담을 수 없습니다. .png로 저장하세요',
  'no-folder': '저장할 폴더가 없습니다. 폴더를 먼저 만들어 주세요',
  'closed-folder': '그 폴더에는 파일을 만들 수 없습니다',
  'not-recipe': '이미 있는 파일인데 레시피가 아닙니다',
};

/** What only the command line says: what became of its output, of a batch's folder, and of its own faults. */
function ownMessage({ code, message }: JsonError, details: Details): string | undefined {
  const { path, problem, folder, lock, pid } = details;
  if (code === 'unexpected') return `프로그램 오류입니다: “${message}”`;
  if (code === 'conflict' && typeof lock === 'string')
    return `다른 일괄 작업(프로세스 ${pid})이 ${folder} 폴더에 쓰고 있습니다.`;
  if (code !== 'output-not-writable') return undefined;
  const why = outputProblems[typeof problem === 'string' ? problem : ''] ?? '시스템이 허락하지 않습니다';
  return `${typeof path === 'string' ? path : '파일'}: 저장할 수 없습니다. ${why}.`;
}

/** By code; the compiler asks for every one. Undefined: there is nothing to advise. */
const hints: Readonly<Record<Exclude<AtelierErrorCode, ServerErrorCode> | 'unexpected', Hint>> = {
  'not-found': () => '경로를 확인하세요. 상대 경로는 현재 폴더에서 시작합니다.',
  'budget-exceeded': (_error, details) =>
    `요청을 나누거나 ${budgetOption(details)}를 늘리세요. --session에서는 그때까지의 편집이 남아 있습니다.`,
  protected: () => '다른 것을 고치거나 --protect를 빼세요. 세션에서는 --protect none으로 보호를 풉니다.',
  'not-approved': (_error, details) =>
    isRefused(details)
      ? '허락하려면 다시 실행해 y나 예로 답하세요.'
      : '--json 없이 터미널에서 실행하거나 --approve edits를 빼세요.',
  'image-invalid': () => '온전한 사진 파일인지 확인하세요.',
  'image-too-large': () => '사진을 줄여 주세요.',
  'not-allowed': (_error, { path }) =>
    typeof path === 'string' && path !== ''
      ? '파일의 권한을 확인하세요.'
      : '--root 폴더로 읽어도 되는 폴더를 알려 주세요.',
  'output-not-writable': ({ hint }, { problem }) => {
    if (hint === undefined) return undefined;
    if (problem === 'transparency') return '.png나 .webp를 쓰세요.';
    return `${problem === 'not-recipe' ? '--recipe' : '-o'}로 다른 파일을 정하세요.`;
  },
  'mask-invalid': () => undefined,
  'phrase-unknown': () => '알아보는 낱말을 쓰세요.',
  'no-match': (_error, { reason }) =>
    reason === 'count'
      ? '보이는 것을 모두 바꾸려면 "모든"이라고 하거나, 어느 것인지 말해 주세요.'
      : '다른 말로 불러 보세요.',
  'choice-needed': ({ hint }) => hint,
  'capability-unavailable': ({ hint }) => {
    const others = [...new Set((hint ?? '').match(/\w+(?=\(\))/g))];
    return others.length > 0 ? `할 수 있는 백엔드: ${others.join(', ')}.` : undefined;
  },
  'invalid-input': ({ details }) =>
    details?.candidates ? `1부터 ${details.candidates.length}까지의 번호를 고르세요.` : undefined,
  'backend-failed': () => undefined,
  conflict: (_error, { lock }) =>
    typeof lock === 'string'
      ? `끝날 때까지 기다리거나 -o로 다른 폴더를 정하세요. 이미 끝난 작업이라면 ${lock} 파일을 지우세요.`
      : '세션의 지금 사진을 확인하고 명령을 다시 실행하세요.',
  'deadline-exceeded': () => '요청을 나누거나 기한을 늘리세요. 그때까지의 편집은 남아 있습니다.',
  'worker-lost': () => '서버의 기록을 확인하고 작업을 다시 시도하세요.',
  'rate-limited': (_error, { retryAfterSeconds }) =>
    `${typeof retryAfterSeconds === 'number' ? `${retryAfterSeconds}초` : '잠시'} 뒤에 다시 시도하세요.`,
  'brain-failed': () => undefined,
  'request-not-understood': ({ hint }) => hint,
  cancelled: ({ hint }) => hint,
  unexpected: () => 'ATELIER_DEBUG=1을 쓰면 어디에서 났는지 보입니다.',
};

const known = <Values extends object>(values: Values, key: PropertyKey): key is keyof Values =>
  Object.hasOwn(values, key);

/** An error in Korean: the SDK's sentence for its code and details, with what to do about it on a command line. */
export function inKorean(error: JsonError): JsonError {
  const { hint: _hint, message: _message, ...rest } = error;
  const told = serveErrorInKorean(error) ?? tell(error, error.details ?? {});
  return told ? { ...rest, ...told } : error;
}

function tell(error: JsonError, details: Details): Told | undefined {
  const { code } = error;
  const message = ownMessage(error, details) ?? koreanMessage(error);
  if (message === undefined) return undefined;
  const isServers = known(koreanServerHints, code);
  const hint = isServers ? koreanServerHints[code] : known(hints, code) ? hints[code](error, details) : undefined;
  return hint === undefined ? { message } : { message, hint };
}
