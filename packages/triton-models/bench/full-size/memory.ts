import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { memoryOf } from '../../test/process-group.ts';

/** Bytes in use on the first GPU, by whomever: process numbers mean nothing inside a container. */
export async function gpuBytes(): Promise<number> {
  const { stdout } = await promisify(execFile)('nvidia-smi', [
    '--query-gpu=memory.used',
    '--format=csv,noheader,nounits',
    '--id=0',
  ]);
  return Number(stdout.trim()) * 2 ** 20;
}

/** What a server takes: of the GPU what is in use beyond `before`, else the memory of its processes. */
export const serverBytes = async (onGpu: boolean, pid: number, before: number): Promise<number> =>
  onGpu ? (await gpuBytes()) - before : await memoryOf(pid);
