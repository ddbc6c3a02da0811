import type { ServerErrorCode } from '@atelier/sdk/errors';

/** What to do about the errors of a server, in the options of the command line. */
export const koreanServerHints: Readonly<Record<ServerErrorCode, string>> = {
  'server-unreachable':
    '서버가 켜져 있는지, 포트가 맞는지 확인하세요. --url은 HTTP 포트(보통 8000), --grpc-url은 gRPC 포트(보통 8001)입니다.',
  'connection-lost': '요청이 이미 실행되었을 수 있습니다. 서버의 기록을 확인하세요.',
  'certificate-invalid': '주소가 인증서의 이름과 같은지, 인증서가 유효한지 확인하세요.',
  'timed-out': '--timeout으로 더 오래 기다려 보세요.',
  'server-unavailable': '잠시 뒤에 다시 해 보세요.',
  'access-denied': '--token-env가 가리키는 토큰을 확인하세요.',
  'model-not-found': '모델의 이름을 확인하세요.',
  'model-not-ready': 'atelier triton status로 이유를 볼 수 있습니다.',
  'request-rejected': '요청의 내용을 확인하세요.',
  'request-unsupported': '서버의 설정을 확인하세요.',
  'model-failed': '서버의 기록에 이유가 있습니다.',
  'response-invalid': '포트를 확인하세요. --url은 HTTP 포트(보통 8000), --grpc-url은 gRPC 포트(보통 8001)입니다.',
  'request-too-large': '더 작게 나누어 보내세요.',
  'response-too-large': '더 적게 요청하세요.',
  'grpc-required': '--grpc-url로 gRPC 주소를 알려 주세요.',
  'image-not-cached': '사진을 다시 보내세요.',
};
