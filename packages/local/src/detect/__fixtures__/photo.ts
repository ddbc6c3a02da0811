import { fileURLToPath } from 'node:url';
import { Image } from '@atelier/sdk/image';
import sharp from 'sharp';
import type { RunTask } from '../../worker/pool.ts';
import detectTask, { type DetectTaskInput } from '../detect-task.ts';

/** A sample photograph, decoded; for tests. */
export async function photo(name: string): Promise<Image> {
  return await decode(fileURLToPath(new URL(`../../../../../photos/${name}`, import.meta.url)));
}

/** Any picture that sharp reads, as an Image; for tests. */
export async function decode(source: string | Buffer): Promise<Image> {
  const { data, info } = await sharp(source).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return await Image.fromPixels({ width: info.width, height: info.height, data: new Uint8Array(data) });
}

/** The worker's side in this thread, with the real models. */
export const runInProcess: RunTask = async <Input, Output>(_name: string, input: Input): Promise<Output> => {
  // Only `detect` is asked for here; the pair of types is that task's contract.
  return (await detectTask(input as DetectTaskInput, () => {})) as Output;
};
