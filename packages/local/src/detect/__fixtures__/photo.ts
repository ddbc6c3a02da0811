import { fileURLToPath } from 'node:url';
import { Image } from '@atelier/sdk/image';
import sharp from 'sharp';
import type { RunTask } from '../../worker/pool.ts';
import type { TaskHandler } from '../../worker/task.ts';
import { tasks } from '../../worker/tasks.ts';

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
export const runInProcess: RunTask = async <Input, Output>(name: keyof typeof tasks, input: Input): Promise<Output> => {
  const { default: task } = await tasks[name]();
  // The pair of types is the task's contract, which the list of tasks does not know.
  const handler = task as unknown as TaskHandler<Input, Output>;
  return await handler(input, () => {});
};
