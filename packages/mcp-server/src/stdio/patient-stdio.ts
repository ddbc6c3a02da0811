import { PassThrough, type Readable, type Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import {
  isJSONRPCErrorResponse,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
} from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';

export interface PatientStdioOptions {
  /** Most milliseconds that requests at work have for their answers once the input has ended. */
  readonly answerMs: number;
  /** Whether nobody is there to read answers. */
  readonly isReaderGone: () => boolean;
}

export interface PatientStdio {
  readonly transport: Transport;
  /** Resolves once nothing more comes and goes: the input has ended and what it asked for is answered, or the host has gone. */
  readonly done: Promise<void>;
}

/** How often it is looked whether the reader has gone, in milliseconds. */
const lookMs = 100;

/** MCP over two streams. The SDK's own transport drops what is at work when the input ends; whoever pipes requests in waits for it. */
export function patientStdio(
  input: Readable,
  output: Writable,
  { answerMs, isReaderGone }: PatientStdioOptions,
): PatientStdio {
  // The SDK's transport never sees the input's end.
  const held = new PassThrough();
  const wire = new StdioServerTransport(held, output);
  const atWork = new Set<RequestId>();
  let timer: NodeJS.Timeout | undefined;
  let leave = (): void => {};
  const done = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const ended = async (): Promise<void> => {
    // By then what came before the end has been read.
    await setImmediate();
    const began = performance.now();
    const look = (): void => {
      if (atWork.size === 0 || performance.now() - began > answerMs || isReaderGone()) leave();
      else timer = setTimeout(look, lookMs);
    };
    look();
  };
  const transport: Transport = {
    async start() {
      wire.onmessage = (message) => {
        noteAsked(atWork, message);
        transport.onmessage?.(message);
      };
      wire.onerror = (error) => transport.onerror?.(error);
      wire.onclose = () => {
        clearTimeout(timer);
        atWork.clear();
        input.unpipe(held).pause();
        leave();
        transport.onclose?.();
      };
      await wire.start();
      input.on('error', (error) => transport.onerror?.(error));
      input.once('close', () => (input.readableEnded ? undefined : leave()));
      input.once('end', () => void ended());
      input.pipe(held, { end: false });
    },
    async send(message) {
      await wire.send(message);
      if (isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) {
        if (message.id !== undefined) atWork.delete(message.id);
      }
    },
    close: () => wire.close(),
  };
  return { transport, done };
}

/** Subscriptions are answered when they end; cancelled requests never. */
function noteAsked(atWork: Set<RequestId>, message: JSONRPCMessage): void {
  if (isJSONRPCRequest(message)) {
    if (message.method !== 'subscriptions/listen') atWork.add(message.id);
  } else if (isJSONRPCNotification(message) && message.method === 'notifications/cancelled') {
    const cancelled = message.params?.requestId;
    if (typeof cancelled === 'string' || typeof cancelled === 'number') atWork.delete(cancelled);
  }
}
