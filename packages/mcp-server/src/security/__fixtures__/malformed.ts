import { hostileKeys, hostileText, hostileValue } from './hostile-values.ts';
import type { SeededRandom } from './random.ts';

/** A tool as `tools/list` shows it. */
export interface KnownTool {
  readonly name: string;
  /** Names of its input's fields. */
  readonly fields: readonly string[];
}

/** One message for a server, and what must come of it. */
export interface Malformed {
  readonly bytes: Buffer;
  /** The id under which an answer must come; undefined where none need. */
  readonly owed: string | undefined;
}

const methods = [
  ...['initialize', 'ping', 'server/discover', 'tools/list', 'resources/list', 'resources/templates/list'],
  ...['resources/read', 'resources/subscribe', 'resources/unsubscribe', 'prompts/list', 'prompts/get'],
  ...['completion/complete', 'logging/setLevel', 'subscriptions/listen', 'tasks/get', 'tools/call'],
  ...['sampling/createMessage', 'elicitation/create', 'roots/list', 'rpc.discover', '', '__proto__', 'constructor'],
] as const;

const notifications = [
  ...['notifications/initialized', 'notifications/cancelled', 'notifications/progress'],
  ...['notifications/roots/list_changed', 'notifications/message', 'notifications/none', 'notifications/'],
] as const;

type Kind = (random: SeededRandom, id: string, tools: readonly KnownTool[]) => Malformed;

const asJson = (value: unknown, owed?: string): Malformed => ({ bytes: Buffer.from(JSON.stringify(value)), owed });

const request = (random: SeededRandom, id: unknown) => ({
  jsonrpc: '2.0',
  id,
  method: random.pick(methods),
  params: hostileObject(random),
});

function hostileObject(random: SeededRandom): Record<string, unknown> {
  const names = ['name', 'uri', 'arguments', 'ref', 'argument', 'requestId', 'protocolVersion', 'level', 'cursor'];
  const entries = [...names, ...hostileKeys].flatMap((name): [string, unknown][] =>
    random.next() < 0.3 ? [[name, hostileValue(random)]] : [],
  );
  // As JSON has it: `__proto__` is a key like others there.
  return Object.fromEntries(entries);
}

/** A call of a real tool with some of its fields, each of them wrong. */
function toolCall(random: SeededRandom, id: string, tools: readonly KnownTool[]): Malformed {
  const tool = tools[random.below(tools.length)];
  const fields = (tool?.fields ?? []).filter(() => random.next() < 0.7);
  const input = Object.fromEntries(
    [...fields, ...hostileKeys.slice(0, 1)].map((field) => [field, hostileValue(random)]),
  );
  const params = { name: tool?.name, arguments: random.next() < 0.1 ? hostileValue(random) : input };
  return asJson({ jsonrpc: '2.0', id, method: 'tools/call', params }, id);
}

/** Changes bytes in the middle, most of them to what is no UTF-8. */
function damaged(random: SeededRandom, id: string): Malformed {
  const bytes = Buffer.from(JSON.stringify(request(random, id)));
  for (let count = 1 + random.below(4); count > 0; count--) {
    // A line break would make two messages of it over stdio.
    bytes[random.below(bytes.length)] = random.pick([0xff, 0xc0, 0xed, 0x00, 0x80, 0x22, 0x5c, 0x7b]);
  }
  return { bytes, owed: undefined };
}

const wrongIds = [null, true, {}, [], 1.5, -1, 1e308, 2 ** 53, '', '__proto__', 'x'.repeat(5000)] as const;

const kinds: readonly [Kind, ...Kind[]] = [
  toolCall,
  toolCall,
  (random, id) => asJson(request(random, id), id),
  (random, id) => asJson({ ...request(random, id), params: hostileValue(random) }),
  damaged,
  (random, id) => {
    const bytes = Buffer.from(JSON.stringify(request(random, id)));
    return { bytes: bytes.subarray(0, 1 + random.below(bytes.length - 1)), owed: undefined };
  },
  (random) => asJson(request(random, random.pick(wrongIds))),
  (random, id) => asJson({ ...request(random, id), jsonrpc: random.pick(['1.0', 2, null, '', undefined]) }),
  (random, id) => asJson({ ...request(random, id), method: random.pick([null, 7, {}, [], true, undefined]) }),
  (random, id) => asJson(Array.from({ length: random.below(6) }, () => request(random, id))),
  // The same id again and again.
  (random) => asJson(request(random, 'same')),
  // Answers to what was never asked.
  (random) => asJson({ jsonrpc: '2.0', id: random.pick([0, 1, 'x', null]), result: hostileObject(random) }),
  (random) => asJson({ jsonrpc: '2.0', id: random.below(9), error: { code: hostileValue(random), message: 5 } }),
  (random) => asJson({ jsonrpc: '2.0', method: random.pick(notifications), params: hostileObject(random) }),
  (random) => {
    const requestId = random.pick([hostileText(random), random.below(50), null, 'same']);
    return asJson({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason: 'no' } });
  },
  (random) => asJson(hostileValue(random)),
  (random) => ({
    bytes: Buffer.from(`{"jsonrpc":"2.0","id":${random.pick(['1e999', '-0', '0x1', 'NaN', '01'])},"method":"ping"}`),
    owed: undefined,
  }),
  (random) => ({ bytes: Buffer.from('['.repeat(random.below(5000)) || '{'), owed: undefined }),
  (random, id) => ({
    bytes: Buffer.from(
      `{"jsonrpc":"2.0","id":"${id}","method":"ping","method":"tools/list","__proto__":{"method":"x"},"params":{"a":${'{"a":'.repeat(random.below(300))}1`,
    ),
    owed: undefined,
  }),
];

/** Message number `index` of a series. It holds no line break. */
export function malformedMessage(random: SeededRandom, index: number, tools: readonly KnownTool[]): Malformed {
  const { bytes, owed } = random.pick(kinds)(random, `fuzz-${index}`, tools);
  return { bytes: Buffer.from(bytes.map((byte) => (byte === 0x0a || byte === 0x0d ? 0x20 : byte))), owed };
}
