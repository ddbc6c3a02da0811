import {
  AccessDeniedError,
  ConnectionLostError,
  ImageNotCachedError,
  ModelFailedError,
  ModelNotFoundError,
  ModelNotReadyError,
  RequestRejectedError,
  RequestTooLargeError,
  RequestUnsupportedError,
  ResponseInvalidError,
  ServerUnavailableError,
  TimedOutError,
  type TritonError,
} from './errors.ts';

/** Whom a call was for, as errors name it. */
export interface CallContext {
  /** Origin without credentials. */
  readonly server: string;
  readonly model?: string;
  /** When the server wants to be asked again, where it said so. */
  readonly retryAfterMs?: number;
}

type ErrorOptions = ConstructorParameters<typeof ModelFailedError>[0];
type ErrorClass = new (options: ErrorOptions) => TritonError;

interface Kind {
  readonly error: ErrorClass;
  readonly hint?: string;
  /** False: these words are said before a model is run, and only then. */
  readonly mayHaveRun?: false;
}

interface Rule extends Kind {
  /** Statuses that it is for; all without. */
  readonly statuses?: readonly number[];
  readonly text: RegExp;
}

/** What Triton's core puts before its words in newer releases. */
const requestId = String.raw`(\[request id: [^\]]*\] )?`;

/** Triton's own words of a request that never reached its model: the queue was full or too slow, or the server stops. */
export const queueWords = new RegExp(
  `^${requestId}(Exceeds maximum queue size|Request timeout expired|Server is stopping|Server not ready)`,
);

/** Triton's own words of a model that is known and takes no requests. */
const notReadyWords = new RegExp(
  `^${requestId}(Request for unknown model: .{0,300} (has no available versions|is not at ready state)|Model version not ready)`,
  's',
);

/** Of a python model whose process was killed or crashed. Triton goes on calling it READY, and starts no other. */
const deadProcess = /^(\[request id: [^\]]*\] )?Stub process '[^']*' is not healthy/;
const deadProcessHint = 'The process of the model is gone; `unload` and `load` start another.';

/**
 * Triton gives 400 to most things and says in words what they are, so the words are asked first. They are matched loosely
 * where several releases put them differently, and from their beginning where a model could have written them too and it
 * matters: what did not run is sent again.
 */
const rules: readonly Rule[] = [
  { error: ImageNotCachedError, text: /^\s*image-not-cached:/ },
  // Over gRPC Triton gives UNAVAILABLE to what it restricts, which would be tried again and count as a fault of the server.
  {
    error: AccessDeniedError,
    statuses: [403, 503],
    text: /^This (API|protocol) is restricted, expecting header\b/,
    hint: 'Whoever started the server restricted this to those who have its key; give it in `headers`.',
  },
  {
    error: ModelNotReadyError,
    statuses: [400, 404, 503],
    text: notReadyWords,
    hint: 'Load it, or wait until it is ready: `load`, `modelReady`.',
    mayHaveRun: false,
  },
  {
    error: ModelNotReadyError,
    statuses: [500],
    text: deadProcess,
    hint: deadProcessHint,
  },
  {
    error: ModelNotFoundError,
    statuses: [400, 404, 500],
    text: /\bunknown model\b|^requested model .{0,300} is not available|\bfailed to poll from model repository\b/is,
    hint: '`repositoryIndex` lists the models that the server knows.',
  },
  {
    error: RequestTooLargeError,
    statuses: [400],
    text: /exceeds the maximum (allowed|input)|--http-max-input-size|\b(request|payload|body|entity) (is )?too large\b/i,
    hint: 'Start the server with a larger --http-max-input-size, or send encoded pictures instead of pixels.',
  },
  {
    error: RequestUnsupportedError,
    statuses: [501],
    text: /decoupled/i,
    hint: 'The model answers with a stream of responses: call `stream`.',
  },
  { error: ServerUnavailableError, statuses: [503], text: queueWords, mayHaveRun: false },
  // Written by the server's own JSON reader, under 500. Neither class is tried again, so a model's words that happen to
  // begin like this do no harm.
  {
    error: RequestRejectedError,
    statuses: [500],
    text: /^(failed to parse the request JSON buffer|Unable to parse ('|JSON bytes array))/,
  },
];

/** How a transport other than HTTP puts a status. */
interface StatusTerms {
  /** What the error calls the status, where `status` is the one that HTTP has for it. */
  readonly name?: number | string;
  /** Where the status has no advice of its own. */
  readonly hint?: string | undefined;
}

/** The error of an answer that is none: by its words where they say more than its status, else by its status. */
export function errorOfStatus(
  status: number,
  text: string,
  context: CallContext,
  { name = status, hint: otherwise }: StatusTerms = {},
): TritonError {
  const words = text.trim();
  const rule = rules.find(({ statuses, text: pattern }) => (statuses?.includes(status) ?? true) && pattern.test(words));
  const { error: ErrorClass, hint = otherwise, mayHaveRun } = rule ?? kindOfStatus(status, words);
  const message = messageOf(name, words, context);
  return new ErrorClass({ ...context, status: name, message, hint, mayHaveRun, serverMessage: words });
}

/**
 * How models of Atelier's contracts begin what they say went wrong, since a stream carries no code
 * (docs/decisions/0008-triton-model-contracts.md).
 */
const beginnings: readonly (readonly [RegExp, ErrorClass])[] = [
  [/^image-not-cached:/, ImageNotCachedError],
  [/^invalid-input:/, RequestRejectedError],
  [/^unavailable:/, ServerUnavailableError],
];

/** The error of a model: a stream's event, or an answer under 200, carries it without a status that means anything. */
export function errorOfEvent(text: string, context: CallContext, status?: number): TritonError {
  const words = text.trim();
  if (deadProcess.test(words)) return errorOfStatus(500, words, context, { name: status ?? 500 });
  const [, ErrorClass] = beginnings.find(([pattern]) => pattern.test(words)) ?? [undefined, ModelFailedError];
  const who = context.model === undefined ? 'The model' : `The model ${context.model}`;
  const message = `${who} failed: ${shorten(words)}`;
  return new ErrorClass({ ...context, ...(status === undefined ? {} : { status }), message, serverMessage: words });
}

/** What servers and proxies say of a path; other words under 404 are a model's own. */
const noSuchPath = /^($|<|(404 )?(page )?not found\b)/i;

function kindOfStatus(status: number, words: string): Kind {
  if (status >= 300 && status < 400) {
    return { error: ResponseInvalidError, hint: 'Give the address that it redirects to as url.' };
  }
  if (status < 300) return { error: ResponseInvalidError };
  if (status === 401 || status === 403) return { error: AccessDeniedError, hint: 'Give a `token` or `headers`.' };
  if (status === 405 || (status === 404 && noSuchPath.test(words))) {
    return { error: RequestUnsupportedError, hint: 'Is the url, with its path, that of a Triton HTTP port?' };
  }
  if (status === 413) return { error: RequestTooLargeError, hint: 'A server or proxy on the way limits the body.' };
  if (status === 501) return { error: RequestUnsupportedError };
  if (status === 429 || status === 503) return { error: ServerUnavailableError };
  if (status === 408 || status === 504) return { error: TimedOutError };
  // A gateway that lost its server: whether that one ran the request is not known.
  if (status === 502) return { error: ConnectionLostError };
  return { error: status < 500 && status !== 404 ? RequestRejectedError : ModelFailedError };
}

function messageOf(status: number | string, words: string, { server, model }: CallContext): string {
  const whom = model === undefined ? server : `${server} (model ${model})`;
  return `${whom} answered with ${status}${words === '' ? '.' : `: ${shorten(words)}`}`;
}

/** Words from outside, fit for a message: a server, or a model, may say megabytes. */
export const shorten = (words: string): string => (words.length > 300 ? `${words.slice(0, 299)}…` : words);
