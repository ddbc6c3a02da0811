// The process of one Node client; see ../protocol.ts. Arguments: client, HTTP origin, gRPC origin.

import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Payload } from '../payloads.ts';
import type { Command } from '../protocol.ts';
import { measureTurn } from './measure-turn.ts';

/** One way of sending a payload. */
export interface NodeClient {
  /** What a call needs, made once: the caller's own tensor, a prebuilt header. */
  prepare(payload: Payload, bytes: Uint8Array<ArrayBuffer>): EchoCall;
  close(): Promise<void>;
}

export interface EchoCall {
  /** One call; resolves with the reply in the form in which this client gives it. */
  run(): Promise<unknown>;
  /** One call; resolves with the bytes of the tensor that came back. */
  bytes(): Promise<Uint8Array>;
}

const [name = '', url = '', grpcUrl = ''] = process.argv.slice(2);
const client = await open();
let call: EchoCall | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  try {
    // Written by client-process.ts.
    process.stdout.write(`${JSON.stringify(await obey(JSON.parse(line) as Command))}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.stack : String(error) })}\n`);
  }
}
await client.close();

/** Loads only what this client needs. */
async function open(): Promise<NodeClient> {
  if (name === 'undici') return (await import('./bare-undici.ts')).bareUndici(url);
  return (await import('./ours.ts')).ours(name === 'ours-grpc' ? 'grpc' : 'http', url, grpcUrl);
}

async function obey(command: Command): Promise<object> {
  if (command.do === 'load') {
    const file = await readFile(command.payload.file);
    // A copy at offset 0 of a buffer of its own, as a picture's tensor is.
    const bytes = new Uint8Array(file);
    call = client.prepare(command.payload, bytes);
    const reply = await call.bytes();
    if (!file.equals(reply)) throw new Error(`the reply to ${command.payload.label} differs from what was sent`);
    return {};
  }
  if (!call) throw new Error('nothing is loaded');
  return await measureTurn(call.run, command.calls, command.inFlight, command.warmUp);
}
