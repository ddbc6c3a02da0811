import type { ServerErrorCode } from '@atelier/sdk/errors';

/** What to do about the errors of a server, in the options of the command line. */
const hints: Readonly<Record<ServerErrorCode, string>> = {
  'server-unreachable':
    'Is the server running? --url is its HTTP port (8000 by default), --grpc-url its gRPC port (8001 by default).',
  'connection-lost': "It may have run: the server's log says.",
  'certificate-invalid': 'Is the address that of the certificate, and is the certificate one that this machine trusts?',
  'timed-out': '--timeout SECONDS waits longer.',
  'server-unavailable': 'It is busy or stopping: try again in a while.',
  'access-denied': 'Put a token that it accepts into ATELIER_TRITON_TOKEN, or name its variable with --token-env.',
  'model-not-found': 'atelier triton status shows the models that the server has.',
  'model-not-ready': 'Load it, or see why it failed: atelier triton status.',
  'request-rejected': 'Does the model keep to the contract of its name?',
  'request-unsupported':
    'Is --url, with its path, that of a Triton HTTP port (8000 by default), and the model one that keeps to the contract of its name?',
  'model-failed': "The server's log has the reason.",
  'response-invalid':
    'Is the port the right one? --url is the HTTP port (8000 by default), --grpc-url the gRPC port (8001 by default).',
  'request-too-large': 'Use a smaller picture, or start the server with a larger --http-max-input-size.',
  'response-too-large': 'Use a smaller picture.',
  'grpc-required': "Open the server's gRPC port (8001 by default), and give it by --grpc-url URL.",
  'image-not-cached': 'Try again: the picture is then sent anew.',
};

/** Names of the API: what stands in backticks, in camel case, or is an option there and another one here. */
const speaksOfTheApi = /`|\b(?!gRPC\b)[a-z]+[A-Z]\w*|\b(?:url|token|headers|tls)\b/;

/** The hint of a server's error for a command line: the SDK's own, unless there is none or it tells of the API. */
export function serverHint(code: string, sdkHint: string | undefined): string | undefined {
  if (!Object.hasOwn(hints, code)) return sdkHint;
  // An own key of the record above.
  const own = hints[code as ServerErrorCode];
  return sdkHint === undefined || speaksOfTheApi.test(sdkHint) ? own : sdkHint;
}
