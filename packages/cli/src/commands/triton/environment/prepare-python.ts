import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SetupError } from '../../../setup-error.ts';
import { askLine } from '../../../terminal/prompt.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command.ts';
import { checkPlatform } from './check-platform.ts';
import type { Device } from './choose-device.ts';
import { checkPython, findPython } from './find-python.ts';
import { isEnvironment, makeEnvironment, pythonOf } from './make-environment.ts';
import { environmentFolder, readRequirements } from './requirements.ts';
import { byteText, environmentBytes } from './sizes.ts';
import { tell } from './tell.ts';
import { type EnvironmentWords, environmentWordsIn } from './words.ts';

export interface PrepareOptions {
  /** An interpreter that has everything; without it an environment is made in `cache`. */
  readonly python: string | undefined;
  readonly device: Device;
  readonly cache: string;
  /** The folder of @atelier/triton-models. */
  readonly packageFolder: string;
  /** Nobody is asked before it is made. */
  readonly yes: boolean;
}

/** Has CPU builds of torch, which are ten times smaller than those of the usual index on Linux. */
const cpuIndex = 'https://download.pytorch.org/whl/cpu';

/**
 * The path of an interpreter that can serve the models: the person's own, the environment made earlier, or one made now,
 * after its size was told and, on a terminal, agreed to. Throws `SetupError`.
 */
export async function preparePython(context: CommandContext, options: PrepareOptions): Promise<string> {
  const { io } = context;
  const { device, cache, packageFolder } = options;
  const words = environmentWordsIn(context.language);
  checkPlatform(words);
  const search = { words, env: io.env, signal: io.signal };
  if (options.python !== undefined) return (await checkPython(options.python, search)).path;
  const interpreter = await findPython(search);
  const requirements = await readRequirements(packageFolder, device);
  const folder = environmentFolder(cache, { version: interpreter.version, device, text: requirements.text });
  if (await isEnvironment(folder, io.signal)) return pythonOf(folder);
  await tellSizes(context, { device, folder, yes: options.yes }, words);
  return await makeEnvironment({
    context,
    words,
    interpreter,
    requirements,
    folder,
    cpuIndex: device === 'cpu' ? cpuIndex : undefined,
  });
}

interface Telling {
  readonly device: Device;
  readonly folder: string;
  readonly yes: boolean;
}

/** Says what it costs, and asks where somebody is there to answer. */
async function tellSizes(
  context: CommandContext,
  { device, folder, yes }: Telling,
  words: EnvironmentWords,
): Promise<void> {
  const { io, progress, json } = context;
  const { download, disk } = environmentBytes[device];
  const sizes = words.sizes({ device, download: byteText(download), disk: byteText(disk), folder });
  const free = await freeBytes(folder);
  if (free < disk) {
    const message = words.notEnoughSpace(byteText(free), byteText(disk), dirname(folder));
    throw new SetupError({ code: 'install-failed', message, hint: words.moreSpace(dirname(folder)) });
  }
  const asks = !yes && !json && io.isTty.stdin && io.isTty.stderr;
  if (!asks) {
    tell(context, sizes);
    return;
  }
  progress.clear();
  const answer = await askLine(io, `${wrap(sizes, io.stderr.columns ?? 80).join('\n')}\n${words.installNow}`);
  io.signal.throwIfAborted();
  if (!/^\s*(y|yes|예|네)\s*$/i.test(answer ?? '')) {
    throw new SetupError({ code: 'cancelled', message: words.notInstalled });
  }
}

/** On the disk of the nearest folder that is there already. */
async function freeBytes(folder: string): Promise<number> {
  let at = folder;
  while (!existsSync(at)) at = dirname(at);
  const { bavail, bsize } = await statfs(at);
  return bavail * bsize;
}
