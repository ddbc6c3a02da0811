import { TritonClient } from '@atelier/sdk/triton';
import { firstTokenBarMs, type Judged, judge } from '../bars.ts';
import { quantile, spreadOf } from '../statistics.ts';
import { openTap, type Tap } from './tap.ts';

/** How long a streamed token was in this process before the caller had it. */
export interface FirstToken {
  readonly wire: 'http' | 'grpc';
  readonly streams: number;
  /** Milliseconds from the first token's bytes on the tap's socket to the caller's loop. One more loopback hop is in it. */
  readonly first: Judged;
  readonly firstP90Ms: number;
  /** The same of all later tokens. */
  readonly laterP50Ms: number;
  readonly laterP90Ms: number;
}

const tokens = 8;
const pauseMs = 4;
const warmUp = 5;

/** Streams from the real server through a tap, over `/generate_stream` and over gRPC. */
export async function measureFirstToken(
  url: string,
  grpcUrl: string,
  streams: number,
  signal: AbortSignal,
): Promise<FirstToken[]> {
  const taps = { http: await openTap(url), grpc: await openTap(grpcUrl) };
  const results: FirstToken[] = [];
  try {
    for (const wire of ['http', 'grpc'] as const) {
      const client = new TritonClient({ url: taps.http.url, grpcUrl: taps.grpc.url, transport: wire });
      const first: number[] = [];
      const later: number[] = [];
      for (let count = -warmUp; count < streams; count++) {
        signal.throwIfAborted();
        const [own = Number.NaN, ...rest] = await delaysOf(client, taps[wire], `${wire}-${count}`);
        if (count < 0) continue;
        first.push(own);
        later.push(...rest);
      }
      await client.close();
      results.push({
        wire,
        streams,
        first: judge(spreadOf(first), 'ms', firstTokenBarMs),
        firstP90Ms: quantile(first, 0.9),
        laterP50Ms: quantile(later, 0.5),
        laterP90Ms: quantile(later, 0.9),
      });
    }
    return results;
  } finally {
    await Promise.all([taps.http.close(), taps.grpc.close()]);
  }
}

/** Of one stream, how long after its bytes each token was yielded. */
async function delaysOf(client: TritonClient, tap: Tap, run: string): Promise<number[]> {
  const request = {
    model: 'tokens',
    inputs: {
      RUN: { datatype: 'BYTES', shape: [1], data: [new TextEncoder().encode(run)] },
      COUNT: { datatype: 'INT32', shape: [1], data: Int32Array.of(tokens) },
      PAUSE_MS: { datatype: 'INT32', shape: [1], data: Int32Array.of(pauseMs) },
    },
  } as const;
  const yielded: { readonly text: string; readonly at: number }[] = [];
  for await (const { outputs } of client.stream(request)) {
    const at = performance.now();
    const text = outputs.TEXT?.datatype === 'BYTES' ? outputs.TEXT.data[0] : undefined;
    if (text) yielded.push({ at, text: new TextDecoder().decode(text) });
  }
  if (yielded.length !== tokens) throw new Error(`${yielded.length} of ${tokens} tokens came over ${run}.`);
  return yielded.map(({ text, at }) => {
    const arrived = tap.seen(text);
    if (arrived === undefined) throw new Error(`The token ${text} was not seen on the wire.`);
    return at - arrived;
  });
}
