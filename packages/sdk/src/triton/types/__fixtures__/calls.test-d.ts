// What the types of server-models.ts allow and refuse. Each refused call stands alone under its mark.
import type { Tensor, TritonClient } from '@atelier/sdk/triton';
import type { Models } from './server-models.ts';

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
