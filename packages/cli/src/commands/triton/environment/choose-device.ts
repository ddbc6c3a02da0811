import { SetupError } from '../../../setup-error.ts';
import { runProgram } from './run-program.ts';
import type { EnvironmentWords } from './words.ts';

export type Device = 'cuda' | 'cpu';

interface DeviceOptions {
  readonly words: EnvironmentWords;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What the models run on: `auto` is the GPU where the driver lists one. Throws `device-missing` for a GPU that is not there. */
export async function chooseDevice(wanted: 'auto' | Device, options: DeviceOptions): Promise<Device> {
  if (wanted === 'cpu') return 'cpu';
  if (await hasGpu(options)) return 'cuda';
  if (wanted === 'auto') return 'cpu';
  throw new SetupError({ code: 'device-missing', message: options.words.noGpu, hint: options.words.useCpu });
}

async function hasGpu({ env, signal }: DeviceOptions): Promise<boolean> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(15_000)]);
    const { code, tail } = await runProgram('nvidia-smi', ['-L'], { env: { ...env }, signal: limit });
    return code === 0 && tail.some((line) => /^GPU \d+:/.test(line));
  } catch {
    // No driver, or one that does not answer.
    signal.throwIfAborted();
    return false;
  }
}
