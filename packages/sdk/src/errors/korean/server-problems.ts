import type { AtelierErrorCode } from '../atelier-error.ts';

const problems = {
  'server-unreachable': '서버에 연결할 수 없습니다',
  'connection-lost': '요청을 보낸 뒤 연결이 끊어졌습니다',
  'certificate-invalid': '서버의 인증서를 믿을 수 없습니다',
  'timed-out': '정해진 시간 안에 답이 없습니다',
  'server-unavailable': '서버가 지금은 요청을 받지 않습니다',
  'access-denied': '접근 권한이 없습니다',
  'model-not-found': '그런 모델이나 버전이 없습니다',
  'model-not-ready': '모델이 준비되지 않았습니다',
  'request-rejected': '서버가 요청이 잘못되었다고 합니다',
  'request-unsupported': '서버가 이 요청을 지원하지 않습니다',
  'model-failed': '모델이 작업 중에 실패했습니다',
  'response-invalid': '서버의 답이 규약에 맞지 않습니다',
  'request-too-large': '요청이 서버가 받는 크기보다 큽니다',
  'response-too-large': '서버의 답이 허용된 크기보다 큽니다',
  'grpc-required': 'gRPC로만 할 수 있는 일입니다',
  'image-not-cached': '서버가 그 사진을 더는 갖고 있지 않습니다',
} as const satisfies Partial<Record<AtelierErrorCode, string>>;

/** Codes of what goes wrong between this machine and a server of models. */
export type ServerErrorCode = keyof typeof problems;

export const isServerErrorCode = (code: string): code is ServerErrorCode => Object.hasOwn(problems, code);

/** What went wrong with a server, behind its address and model, with the server's own words as they are. */
export function serverProblem(code: ServerErrorCode, details: Readonly<Record<string, unknown>>): string {
  const { server, model, serverMessage, maxStepSeconds } = details;
  if (typeof maxStepSeconds === 'number') return `한 단계가 정해진 시간(${maxStepSeconds}초) 안에 끝나지 않았습니다.`;
  const where = [server, model].filter((part) => typeof part === 'string').join(', ');
  const words = typeof serverMessage === 'string' && serverMessage.trim() !== '' ? ` (“${serverMessage.trim()}”)` : '';
  return `${where === '' ? '' : `${where}: `}${problems[code]}${words}.`;
}
