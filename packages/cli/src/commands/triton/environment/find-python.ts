import { SetupError } from '../../../setup-error.ts';
import { runProgram } from './run-program.ts';
import type { EnvironmentWords } from './words.ts';

/** A Python interpreter. */
export interface Interpreter {
  /** As it is started: a path, or a name on the PATH. */
  readonly path: string;
  /** "3.11.7" */
  readonly version: string;
}

interface FindOptions {
  readonly words: EnvironmentWords;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const candidates = ['python3', 'python3.12', 'python3.13', 'python3.11', 'python3.10', 'python'];

/** The first Python 3.10-3.13 on the PATH: those are the versions that the server's wheel brings a backend for. Throws `python-missing`. */
export async function findPython({ words, env, signal }: FindOptions): Promise<Interpreter> {
  const others: string[] = [];
  let incomplete: string | undefined;
  for (const name of candidates) {
    const found = await ask(name, env, signal);
    if (found === undefined) continue;
    if (isSupported(found.version) && found.hasLibrary) return { path: name, version: found.version };
    if (isSupported(found.version)) incomplete ??= found.version;
    others.push(found.version);
  }
  if (incomplete !== undefined) throw lacksLibrary(incomplete, words);
  throw new SetupError({
    code: 'python-missing',
    message: words.noPython([...new Set(others)]),
    hint: words.installPython,
  });
}

/** Modules of the server and of the models, and the packages that hold them. */
const needed = {
  pytriton: 'nvidia-pytriton',
  torch: 'torch',
  transformers: 'transformers',
  diffusers: 'diffusers',
  accelerate: 'accelerate',
  bitsandbytes: 'bitsandbytes',
  safetensors: 'safetensors',
  huggingface_hub: 'huggingface-hub',
  sentencepiece: 'sentencepiece',
  PIL: 'pillow',
  numpy: 'numpy',
  scipy: 'scipy',
} as const;

/** An interpreter that the person named. Throws `python-missing` where it does not run, is another version or lacks packages. */
export async function checkPython(path: string, { words, env, signal }: FindOptions): Promise<Interpreter> {
  const found = await ask(path, env, signal);
  if (found === undefined) throw new SetupError({ code: 'python-missing', message: words.notPython(path) });
  const { version, hasLibrary } = found;
  if (!isSupported(version)) {
    throw new SetupError({
      code: 'python-missing',
      message: words.wrongPython(path, version),
      hint: words.installPython,
    });
  }
  if (!hasLibrary) throw lacksLibrary(version, words);
  const modules = Object.keys(needed).map((name) => `'${name}'`);
  const script = `import importlib.util as u; print(*[n for n in [${modules}] if u.find_spec(n) is None])`;
  const { tail } = await runProgram(path, ['-c', script], { env: { ...env }, signal });
  const missing = Object.entries(needed).filter(([name]) => (tail.at(-1) ?? '').split(' ').includes(name));
  if (missing.length === 0) return { path, version };
  throw new SetupError({
    code: 'python-missing',
    message: words.lacksPackages(
      path,
      missing.map(([, name]) => name),
    ),
    hint: words.withoutPythonOption,
  });
}

const question = `
import os, sys, sysconfig
version = "%d.%d" % sys.version_info[:2]
folders = [sysconfig.get_config_var("LIBDIR") or "", os.path.join(sys.base_prefix, "lib")]
library = any(os.path.exists(os.path.join(folder, "libpython%s.so.1.0" % version)) for folder in folders)
print("%d.%d.%d" % sys.version_info[:3], library)
`;

/** `hasLibrary`: it brings a shared libpython. The server's Python worker is linked to that; for 3.13 the wheel has one. */
async function ask(
  path: string,
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<{ version: string; hasLibrary: boolean } | undefined> {
  try {
    const { code, tail } = await runProgram(path, ['-c', question], { env: { ...env }, signal });
    const [, version, library] = /^(\d+\.\d+\.\d+) (True|False)$/.exec(tail.at(-1) ?? '') ?? [];
    if (code !== 0 || version === undefined) return undefined;
    return { version, hasLibrary: library === 'True' || version.startsWith('3.13.') };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function lacksLibrary(version: string, words: EnvironmentWords): SetupError {
  const [major, minor] = version.split('.');
  const hint = words.installLibrary(`libpython${major}.${minor}`);
  return new SetupError({ code: 'python-missing', message: words.noLibrary(version), hint });
}

function isSupported(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major === 3 && minor >= 10 && minor <= 13;
}
