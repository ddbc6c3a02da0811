import type { AtelierErrorCode } from '@atelier/sdk/errors';
import type { JsonError } from './json-output.ts';
import { serveErrorInKorean } from './korean-serve-errors.ts';
import { type ServerErrorCode, serverErrorInKorean } from './korean-server-errors.ts';
import { budgetOption, isRefused } from './run-hints.ts';
import { withParticle } from './terminal/particle.ts';

type Told = Pick<JsonError, 'message' | 'hint'>;
type Details = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

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

/** What would touch protected pixels, by the beginning of the SDK's words. */
const protectedProblems: readonly (readonly [string, string])[] = [
  ['All of what would change', '바꾸려는 곳이 모두 보호되어 있습니다'],
  ['Cropping', '자르면 보호된 부분이 잘려 나갑니다'],
  ['Turning', '사진을 돌리면 보호된 부분이 바뀝니다'],
];

function outputError(details: Details, hint: string | undefined): Told {
  const problem = outputProblems[text(details.problem) ?? ''] ?? '시스템이 허락하지 않습니다';
  const better =
    details.problem === 'transparency'
      ? '.png나 .webp를 쓰세요.'
      : `${details.problem === 'not-recipe' ? '--recipe' : '-o'}로 다른 파일을 정하세요.`;
  return {
    message: `${text(details.path) ?? '파일'}: 저장할 수 없습니다. ${problem}.`,
    ...(hint === undefined ? {} : { hint: better }),
  };
}

function unavailable(details: Details, hint: string | undefined): Told {
  const capability = text(details.capability) ?? '';
  const backends = list(details.backends);
  const configured = backends.length > 0 ? `(${backends.join(', ')})` : '';
  const others = [...new Set((hint ?? '').match(/\w+(?=\(\))/g))];
  return {
    message: `설정된 백엔드${configured}로는 ${withParticle(abilities[capability] ?? '이 일', '을/를')} 할 수 없습니다.`,
    ...(others.length > 0 ? { hint: `할 수 있는 백엔드: ${others.join(', ')}.` } : {}),
  };
}

function unknownPhrase(details: Details): Told {
  const [words, known] = [list(details.unknown), list(details.known)];
  const named = words.length > 0 ? words.map((word) => `"${word}"`).join(', ') : '이 낱말';
  const count = known.length > 0 ? ` 알아보는 것은 ${known.length}가지입니다.` : '';
  return { message: `${withParticle(named, '을/를')} 알아보지 못합니다.${count}`, hint: '알아보는 낱말을 쓰세요.' };
}

const onFile = (details: Details, problem: string, otherwise: string): string => {
  const path = text(details.path);
  return path === undefined ? otherwise : `${path}: ${problem}`;
};

type Teller = (error: JsonError, details: Details) => Told;

/** What is told in Korean already: the planner's answer, a question, and the end that the person wished for. */
type ToldElsewhere = 'request-not-understood' | 'choice-needed' | 'cancelled';

/** By code; the compiler asks for every one. The English message may hold more than the details: then it is quoted. */
const tellers: Readonly<Record<Exclude<AtelierErrorCode, ToldElsewhere | ServerErrorCode> | 'unexpected', Teller>> = {
  'not-found': ({ message }, details) => ({
    message: onFile(details, '파일이 없습니다.', quoted('찾는 것이 없습니다', message)),
    hint: '경로를 확인하세요. 상대 경로는 현재 폴더에서 시작합니다.',
  }),
  'budget-exceeded': (_error, details) => ({
    message:
      typeof details.maxSeconds === 'number'
        ? `정해진 시간(${details.maxSeconds}초)을 넘겨 멈췄습니다.`
        : '두뇌를 부를 수 있는 횟수를 다 써서 멈췄습니다.',
    hint: `요청을 나누거나 ${budgetOption(details)}를 늘리세요. --session에서는 그때까지의 편집이 남아 있습니다.`,
  }),
  protected: ({ message }) => ({
    message: `${protectedProblems.find(([english]) => message.startsWith(english))?.[1] ?? '보호된 부분은 바꿀 수 없습니다'}.`,
    hint: '다른 것을 고치거나 --protect를 빼세요. 세션에서는 --protect none으로 보호를 풉니다.',
  }),
  'not-approved': ({ message }, details) => {
    const tool = text(details.tool);
    const named = tool === undefined ? '' : `${tool}: `;
    return isRefused(message)
      ? { message: `${named}허락하지 않아 하지 않았습니다.`, hint: '허락하려면 다시 실행해 y나 예로 답하세요.' }
      : {
          message: `${named}허락이 필요한데 답할 사람이 없어 하지 않았습니다.`,
          hint: '--json 없이 터미널에서 실행하거나 --approve edits를 빼세요.',
        };
  },
  'image-invalid': (_error, details) => ({
    message: onFile(details, '사진으로 읽을 수 없습니다.', '사진으로 읽을 수 없습니다.'),
    hint: '온전한 사진 파일인지 확인하세요.',
  }),
  'image-too-large': (_error, details) => ({
    message: onFile(details, '사진이 너무 큽니다.', '사진이 너무 큽니다.'),
    hint: '사진을 줄여 주세요.',
  }),
  'not-allowed': (_error, details) => ({
    message: onFile(details, '읽을 수 없습니다.', '허용되지 않은 파일이나 주소입니다.'),
    hint: text(details.path) ? '파일의 권한을 확인하세요.' : '--root 폴더로 읽어도 되는 폴더를 알려 주세요.',
  }),
  'output-not-writable': ({ hint }, details) => outputError(details, hint),
  'mask-invalid': () => ({ message: '선택한 부분이 비어 있거나 사진과 크기가 다릅니다.' }),
  'phrase-unknown': (_error, details) => unknownPhrase(details),
  'no-match': ({ details }, { reason }) =>
    reason === 'count'
      ? {
          message: `말씀하신 수와 다릅니다. 사진에는 ${details?.candidates?.length ?? 0}개가 보입니다.`,
          hint: '보이는 것을 모두 바꾸려면 "모든"이라고 하거나, 어느 것인지 말해 주세요.',
        }
      : { message: '사진에서 그것을 찾지 못했습니다.', hint: '다른 말로 불러 보세요.' },
  'capability-unavailable': ({ hint }, details) => unavailable(details, hint),
  'invalid-input': ({ message, details }) =>
    details?.candidates
      ? { message: '그 번호의 후보가 없습니다.', hint: `1부터 ${details.candidates.length}까지의 번호를 고르세요.` }
      : { message: quoted('값이 올바르지 않습니다', message) },
  'backend-failed': ({ message }) => ({ message: quoted('백엔드가 실패했습니다', message) }),
  conflict: (_error, { folder, lock, pid }) =>
    typeof lock === 'string'
      ? {
          message: `다른 일괄 작업(프로세스 ${pid})이 ${folder} 폴더에 쓰고 있습니다.`,
          hint: `끝날 때까지 기다리거나 -o로 다른 폴더를 정하세요. 이미 끝난 작업이라면 ${lock} 파일을 지우세요.`,
        }
      : {
          message: '그사이 다른 곳에서 이 세션을 바꾸었습니다.',
          hint: '세션의 지금 사진을 확인하고 명령을 다시 실행하세요.',
        },
  'deadline-exceeded': () => ({
    message: '정해진 기한까지 작업을 끝내지 못했습니다.',
    hint: '요청을 나누거나 기한을 늘리세요. 그때까지의 편집은 남아 있습니다.',
  }),
  'worker-lost': () => ({
    message: '작업을 맡은 프로세스가 여러 번 멈춰 작업을 그만두었습니다.',
    hint: '서버의 기록을 확인하고 작업을 다시 시도하세요.',
  }),
  'rate-limited': (_error, { retryAfterSeconds }) => ({
    message: '요청이 너무 많습니다.',
    hint:
      typeof retryAfterSeconds === 'number'
        ? `${retryAfterSeconds}초 뒤에 다시 시도하세요.`
        : '잠시 뒤에 다시 시도하세요.',
  }),
  'brain-failed': ({ message }) => ({ message: quoted('두뇌가 끝까지 하지 못했습니다', message) }),
  unexpected: ({ message }) => ({
    message: quoted('프로그램 오류입니다', message),
    hint: 'ATELIER_DEBUG=1을 쓰면 어디에서 났는지 보입니다.',
  }),
};

const quoted = (korean: string, english: string): string => `${korean}: “${english}”`;

/**
 * An error in Korean, from its code and details. What the planner says (`request-not-understood`) is in the language of the
 * run already, and passes through.
 */
export function inKorean(error: JsonError): JsonError {
  const details = error.details ?? {};
  // Only the own keys of the record above come out of it.
  const tell = Object.hasOwn(tellers, error.code) ? tellers[error.code as keyof typeof tellers] : undefined;
  const told = serveErrorInKorean(error) ?? tell?.(error, details) ?? serverErrorInKorean(error.code, details);
  if (!told) return error;
  const { hint: _hint, message: _message, ...rest } = error;
  return { ...rest, ...told };
}
