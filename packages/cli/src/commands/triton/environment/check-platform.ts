import { SetupError } from '../../../setup-error.ts';
import type { EnvironmentWords } from './words.ts';

export interface Machine {
  readonly platform: string;
  readonly arch: string;
  /** Version of the GNU C library, "2.36"; undefined where the system has another. */
  readonly glibc: string | undefined;
}

/** The libraries of the server's wheel are built against this one. */
const oldestGlibc = [2, 35] as const;

/** Throws `platform-unsupported` where the server's wheel cannot run: it holds Linux binaries for x86-64 and glibc >= 2.35. */
export function checkPlatform(words: EnvironmentWords, machine: Machine = thisMachine()): void {
  const { platform, arch, glibc } = machine;
  if (platform === 'linux' && arch === 'x64' && isNewEnough(glibc)) return;
  const here =
    platform === 'linux'
      ? `Linux ${arch}, ${glibc === undefined ? 'no glibc' : `glibc ${glibc}`}`
      : `${platform} ${arch}`;
  throw new SetupError({
    code: 'platform-unsupported',
    message: words.platform(here),
    hint: words.container,
    details: { platform, arch, glibc: glibc ?? null },
  });
}

function isNewEnough(glibc: string | undefined): boolean {
  const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number);
  return major > oldestGlibc[0] || (major === oldestGlibc[0] && minor >= oldestGlibc[1]);
}

function thisMachine(): Machine {
  const { platform, arch } = process;
  if (platform !== 'linux') return { platform, arch, glibc: undefined };
  // Types of Node have the report as a plain object.
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: unknown } };
  const version = header?.glibcVersionRuntime;
  return { platform, arch, glibc: typeof version === 'string' ? version : undefined };
}
