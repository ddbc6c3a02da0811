import type { AtelierErrorCode } from '@atelier/sdk/errors';

/** Errors of the client for Triton, by their codes. */
export type ServerErrorCode = Extract<
  AtelierErrorCode,
  | 'server-unreachable'
  | 'connection-lost'
  | 'certificate-invalid'
  | 'timed-out'
  | 'server-unavailable'
  | 'access-denied'
  | 'model-not-found'
  | 'model-not-ready'
  | 'request-rejected'
  | 'request-unsupported'
  | 'model-failed'
  | 'response-invalid'
  | 'request-too-large'
  | 'response-too-large'
  | 'grpc-required'
  | 'image-not-cached'
>;

interface Sentence {
  /** Behind the server's address. */
  readonly problem: string;
  readonly hint: string;
}

const sentences: Readonly<Record<ServerErrorCode, Sentence>> = {
  'server-unreachable': {
    problem: '서버에 연결할 수 없습니다',
    hint: '서버가 켜져 있는지, 포트가 맞는지 확인하세요. --url은 HTTP 포트(보통 8000), --grpc-url은 gRPC 포트(보통 8001)입니다.',
  },
  'connection-lost': {
    problem: '요청을 보낸 뒤 연결이 끊어졌습니다',
    hint: '요청이 이미 실행되었을 수 있습니다. 서버의 기록을 확인하세요.',
  },
  'certificate-invalid': {
    problem: '서버의 인증서를 믿을 수 없습니다',
    hint: '주소가 인증서의 이름과 같은지, 인증서가 유효한지 확인하세요.',
  },
  'timed-out': { problem: '정해진 시간 안에 답이 없습니다', hint: '--timeout으로 더 오래 기다려 보세요.' },
  'server-unavailable': { problem: '서버가 지금은 요청을 받지 않습니다', hint: '잠시 뒤에 다시 해 보세요.' },
  'access-denied': { problem: '접근 권한이 없습니다', hint: '--token-env가 가리키는 토큰을 확인하세요.' },
  'model-not-found': { problem: '그런 모델이나 버전이 없습니다', hint: '모델의 이름을 확인하세요.' },
  'model-not-ready': {
    problem: '모델이 준비되지 않았습니다',
    hint: 'atelier triton status로 이유를 볼 수 있습니다.',
  },
  'request-rejected': { problem: '서버가 요청이 잘못되었다고 합니다', hint: '요청의 내용을 확인하세요.' },
  'request-unsupported': { problem: '서버가 이 요청을 지원하지 않습니다', hint: '서버의 설정을 확인하세요.' },
  'model-failed': { problem: '모델이 작업 중에 실패했습니다', hint: '서버의 기록에 이유가 있습니다.' },
  'response-invalid': {
    problem: '서버의 답이 규약에 맞지 않습니다',
    hint: '포트를 확인하세요. --url은 HTTP 포트(보통 8000), --grpc-url은 gRPC 포트(보통 8001)입니다.',
  },
  'request-too-large': { problem: '요청이 서버가 받는 크기보다 큽니다', hint: '더 작게 나누어 보내세요.' },
  'response-too-large': { problem: '서버의 답이 허용된 크기보다 큽니다', hint: '더 적게 요청하세요.' },
  'grpc-required': { problem: 'gRPC로만 할 수 있는 일입니다', hint: '--grpc-url로 gRPC 주소를 알려 주세요.' },
  'image-not-cached': { problem: '서버가 그 사진을 더는 갖고 있지 않습니다', hint: '사진을 다시 보내세요.' },
};

/** The error of a server in Korean, with the server's own words as they are; undefined for other errors. */
export function serverErrorInKorean(
  code: string,
  details: Readonly<Record<string, unknown>>,
): { message: string; hint: string } | undefined {
  const sentence: Sentence | undefined = Object.hasOwn(sentences, code)
    ? sentences[code as ServerErrorCode]
    : undefined;
  if (!sentence) return undefined;
  const { server, model, serverMessage } = details;
  const where = [server, model].filter((part) => typeof part === 'string').join(', ');
  const words = typeof serverMessage === 'string' && serverMessage.trim() !== '' ? ` (“${serverMessage.trim()}”)` : '';
  return { message: `${where === '' ? '' : `${where}: `}${sentence.problem}${words}.`, hint: sentence.hint };
}
