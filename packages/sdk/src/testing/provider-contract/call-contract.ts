import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { APICallError } from '@ai-sdk/provider';
import { isAbortError } from '@ai-sdk/provider-utils';
import { type ContractCase, resolveModel, type UnderTest } from './contract-case.ts';
import { guarded } from './frozen.ts';
import { rejectionOf } from './rejection.ts';
import { assertText } from './shapes.ts';

/** What every contract asks the caller for. */
export interface CommonContract<Model extends object, Options extends object> {
  readonly model: UnderTest<Model>;
  /** Laid over the options of every call: `{ seed: 7 }`. */
  readonly options?: Partial<Options>;
  /**
   * Options of a call that runs for at least half a second, laid over `options`. It is aborted while it runs; without it
   * only a call that is aborted before it starts is tested.
   */
  readonly slow?: Partial<Options>;
  /** Headers of the last call as the server got them, with lower-case names. Without it headers are not tested. */
  readonly receivedHeaders?: () => HeaderRecord | Promise<HeaderRecord>;
  /** Calls that fail, and how. Without it errors are not tested. */
  readonly failures?: readonly ProvokedFailure<Model, Options>[];
  /** Milliseconds that one call may take. Default 30,000. */
  readonly timeoutMs?: number;
  /** Milliseconds from the abort to the rejection. Default 2,000. */
  readonly abortWithinMs?: number;
}

export type HeaderRecord = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A way to make a call fail. */
export interface ProvokedFailure<Model extends object, Options extends object> {
  /** `'the server is busy (503)'`. */
  readonly name: string;
  /** Default: the model of the contract. */
  readonly model?: UnderTest<Model>;
  /** Laid over the options. */
  readonly options?: Partial<Options>;
  /** What the error must say. */
  readonly isRetryable: boolean;
  readonly statusCode?: number;
}

interface CallOptions {
  readonly abortSignal?: AbortSignal;
  readonly headers?: Record<string, string | undefined>;
}

/** One way of calling a model: `doGenerate`, `doStream`, `doEmbed`. Reads streams to their end. */
export interface Call<Model, Options> {
  readonly name: string;
  run(model: Model, options: Options): PromiseLike<unknown>;
}

export interface CallContract<Model extends object, Options extends object> {
  readonly common: CommonContract<Model, Options>;
  readonly base: () => Options;
  readonly calls: readonly Call<Model, Options>[];
  /** Whether the specification lets a header be undefined (language and image models). */
  readonly headersMayBeUndefined: boolean;
}

/** Abort, headers, errors and untouched options: the same for every kind of model and every way of calling it. */
export function callCases<Model extends object, Options extends CallOptions>(
  contract: CallContract<Model, Options>,
): ContractCase[] {
  const { common, calls } = contract;
  return calls.flatMap((call) => [
    leavesOptions(contract, call),
    abortedBefore(contract, call),
    ...(common.slow ? [abortedDuring(contract, call, common.slow)] : []),
    ...(common.receivedHeaders ? [sendsHeaders(contract, call, common.receivedHeaders)] : []),
    ...(common.failures ?? []).map((failure) => failsTyped(contract, call, failure)),
  ]);
}

function leavesOptions<Model extends object, Options extends CallOptions>(
  { common, base }: CallContract<Model, Options>,
  call: Call<Model, Options>,
): ContractCase {
  return {
    name: `${call.name}: leaves the call options as they were`,
    run: async () => {
      const { options, assertUntouched } = guarded(base());
      await call.run(await resolveModel(common.model), options);
      assertUntouched();
    },
  };
}

function abortedBefore<Model extends object, Options extends CallOptions>(
  { common, base }: CallContract<Model, Options>,
  call: Call<Model, Options>,
): ContractCase {
  return {
    name: `${call.name}: rejects when it was aborted before it began`,
    run: async () => {
      const model = await resolveModel(common.model);
      const signal = AbortSignal.abort();
      const options = { ...base(), abortSignal: signal };
      const error = await rejectionOf(call.name, common.abortWithinMs ?? 2_000, () => call.run(model, options));
      assertAborted(error, signal);
    },
  };
}

function abortedDuring<Model extends object, Options extends CallOptions>(
  { common, base }: CallContract<Model, Options>,
  call: Call<Model, Options>,
  slow: Partial<Options>,
): ContractCase {
  return {
    name: `${call.name}: rejects when it is aborted while it runs`,
    run: async () => {
      const model = await resolveModel(common.model);
      const controller = new AbortController();
      const options = { ...base(), ...slow, abortSignal: controller.signal };
      const work = (async () => call.run(model, options))();
      const ended = work.then(
        () => true,
        () => true,
      );
      const endedEarly = await Promise.race([ended, sleep(150, false)]);
      assert.ok(!endedEarly, `${call.name} ended within 150 ms: give a call in \`slow\` that takes longer`);
      controller.abort();
      assertAborted(await rejectionOf(call.name, common.abortWithinMs ?? 2_000, () => work), controller.signal);
    },
  };
}

/** An abort must be told from a failure: the core does not retry it, and hands it to the caller as it is. */
export function assertAborted(error: unknown, signal: AbortSignal): void {
  assert.ok(
    error === signal.reason || isAbortError(error),
    `the rejection is neither the signal's reason nor an AbortError: ${String(error)}`,
  );
}

function sendsHeaders<Model extends object, Options extends CallOptions>(
  { common, base, headersMayBeUndefined }: CallContract<Model, Options>,
  call: Call<Model, Options>,
  receivedHeaders: () => HeaderRecord | Promise<HeaderRecord>,
): ContractCase {
  return {
    name: `${call.name}: sends the headers of the call`,
    run: async () => {
      const value = `contract-${Math.random().toString(36).slice(2)}`;
      const leftOut = headersMayBeUndefined ? { 'x-left-out': undefined } : {};
      const options = { ...base(), headers: { 'x-contract': value, ...leftOut } };
      await call.run(await resolveModel(common.model), options);
      const received = await receivedHeaders();
      assert.equal(String(received['x-contract']), value, 'the header x-contract did not arrive');
      assert.equal(received['x-left-out'], undefined, 'a header without a value was sent');
    },
  };
}

function failsTyped<Model extends object, Options extends CallOptions>(
  { common, base }: CallContract<Model, Options>,
  call: Call<Model, Options>,
  failure: ProvokedFailure<Model, Options>,
): ContractCase {
  return {
    name: `${call.name}: rejects with an APICallError when ${failure.name}`,
    run: async () => {
      const model = await resolveModel(failure.model ?? common.model);
      const options = { ...base(), ...failure.options };
      const error = await rejectionOf(call.name, common.timeoutMs ?? 30_000, () => call.run(model, options));
      assert.ok(APICallError.isInstance(error), `not an APICallError: ${String(error)}`);
      assert.equal(error.isRetryable, failure.isRetryable, `isRetryable is ${error.isRetryable}: ${error.message}`);
      assertText(error.message, 'message of the error');
      assert.ok(URL.canParse(error.url), `url of the error is ${error.url}, not a URL`);
      if (failure.statusCode !== undefined)
        assert.equal(error.statusCode, failure.statusCode, 'statusCode of the error');
    },
  };
}
