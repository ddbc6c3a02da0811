// What the types of server-models.ts allow and refuse. Each refused call stands alone under its mark.
import type { InputValue, Tensor, TritonClient } from '@atelier/sdk/triton';
import type { Models } from './server-models.ts';

/** A model of several outputs, for what `outputs` chooses. */
interface Several {
  detector: {
    inputs: { IMAGE: InputValue<'BYTES'> };
    outputs: { BOXES: Tensor<'FP32'>; SCORES: Tensor<'FP32'>; INDEX: Tensor<'INT32'> };
    decoupled: false;
  };
  writer: {
    inputs: { IMAGE: InputValue<'BYTES'> };
    outputs: { TEXT: Tensor<'BYTES'>; USAGE: Tensor<'BYTES'> };
    decoupled: true;
  };
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const same = <A, B>(_held: Same<A, B>): void => {};
type Outputs = Several['detector']['outputs'];

export async function allowed(client: TritonClient<Models>, jpeg: Uint8Array): Promise<number> {
  const batched = client.model('types-batched');
  await batched.infer({ IMAGE: jpeg });
  await batched.infer({ IMAGE: 'text' }, { outputs: ['SCORES'], idempotent: true });
  await batched.infer({ IMAGE: { shape: [2, 1], data: [jpeg, 'text'] }, BOXES: new Float32Array(8) });
  await client.model('types-hostile').infer({ '*/ } export const broken = 1; /*': [1n, 2], constructor: 255 });
  const { SCORES }: { SCORES: Tensor<'FP32'> } = await batched.infer({ IMAGE: jpeg, BOXES: [1, 2, 3, 4] });
  let sum = SCORES.data[0] ?? 0;
  for await (const { INDEX } of client.model('types-stream').stream({ COUNT: 3 })) sum += INDEX?.data[0] ?? 0;
  return sum;
}

export async function refused(client: TritonClient<Models>, jpeg: Uint8Array): Promise<void> {
  // @ts-expect-error There is no such model.
  client.model('types-bached');
  const batched = client.model('types-batched');
  // @ts-expect-error An input is missing.
  await batched.infer({});
  // @ts-expect-error An input is misspelt.
  await batched.infer({ IMAGE: jpeg, BOX: [1, 2, 3, 4] });
  // @ts-expect-error Bytes are no numbers.
  await batched.infer({ IMAGE: 7 });
  // @ts-expect-error Numbers are no text.
  await batched.infer({ IMAGE: jpeg, BOXES: ['1'] });
  // @ts-expect-error FP32 is held as Float32Array.
  await batched.infer({ IMAGE: jpeg, BOXES: new Float64Array(4) });
  // @ts-expect-error There is no such output.
  await batched.infer({ IMAGE: jpeg }, { outputs: ['SCORE'] });
  // @ts-expect-error There is no such output.
  (await batched.infer({ IMAGE: jpeg })).BOXES;
  // @ts-expect-error It answers once.
  batched.stream({ IMAGE: jpeg });
  const stream = client.model('types-stream');
  // @ts-expect-error It streams.
  await stream.infer({ COUNT: 3 });
  for await (const { INDEX } of stream.stream({ COUNT: 3 })) {
    // @ts-expect-error Not every response carries it.
    INDEX.data;
  }
}

export async function chosen(client: TritonClient<Several>, jpeg: Uint8Array, names: ('BOXES' | 'SCORES')[]) {
  const detector = client.model('detector');
  const all = await detector.infer({ IMAGE: jpeg });
  same<typeof all, Outputs>(true);
  const still = await detector.infer({ IMAGE: jpeg }, { idempotent: true });
  same<typeof still, Outputs>(true);
  const one = await detector.infer({ IMAGE: jpeg }, { outputs: ['BOXES'] });
  same<typeof one, Pick<Outputs, 'BOXES'>>(true);
  const wanted = ['BOXES', 'INDEX'] as const;
  const two = await detector.infer({ IMAGE: jpeg }, { outputs: wanted, id: 'a' });
  same<typeof two, Pick<Outputs, 'BOXES' | 'INDEX'>>(true);
  const some = await detector.infer({ IMAGE: jpeg }, { outputs: names });
  same<typeof some, Partial<Outputs>>(true);
  const either = await detector.infer({ IMAGE: jpeg }, { outputs: names.length > 1 ? ['BOXES'] : ['SCORES'] });
  same<typeof either, Pick<Outputs, 'BOXES'> | Pick<Outputs, 'SCORES'>>(true);
  for await (const part of client.model('writer').stream({ IMAGE: jpeg }, { outputs: ['TEXT'] })) {
    same<typeof part, { TEXT?: Tensor<'BYTES'> }>(true);
  }
  // @ts-expect-error It was not asked for.
  one.SCORES;
  // @ts-expect-error It was not asked for.
  two.SCORES;
  // @ts-expect-error Nobody knows whether it was asked for.
  some.BOXES.data;
  // @ts-expect-error One of the two was not asked for.
  either.BOXES;
  for await (const part of client.model('writer').stream({ IMAGE: jpeg }, { outputs: ['TEXT'] })) {
    // @ts-expect-error It was not asked for.
    part.USAGE;
  }
}

export async function untyped(client: TritonClient, jpeg: Uint8Array, names: string[]) {
  const model = client.model('whatever');
  const all = await model.infer({ IMAGE: jpeg });
  same<typeof all, Readonly<Record<string, Tensor>>>(true);
  const one = await model.infer({ IMAGE: jpeg }, { outputs: ['BOXES'] });
  same<typeof one, { readonly BOXES: Tensor }>(true);
  for await (const part of model.stream({ IMAGE: jpeg })) part.TEXT?.shape;
  // @ts-expect-error It was not asked for.
  one.SCORES;
  // @ts-expect-error Nobody knows whether it was asked for.
  (await model.infer({ IMAGE: jpeg }, { outputs: names })).BOXES.data;
  for await (const part of model.stream({ IMAGE: jpeg }, { outputs: ['TEXT'] })) {
    // @ts-expect-error It was not asked for.
    part.USAGE;
  }
}
