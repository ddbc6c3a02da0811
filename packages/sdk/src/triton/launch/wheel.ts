import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AtelierError } from '../../errors/atelier-error.ts';

const run = promisify(execFile);

/** Where the parts of the tritonserver in the `nvidia-pytriton` wheel lie. */
export interface Wheel {
  readonly sitePackages: string;
  readonly server: string;
  readonly backends: string;
  /** The python backend's worker, built for the interpreter's own version. */
  readonly stub: string;
  readonly caches: string;
  readonly libraries: string;
  /** The interpreter's own libpython, a shared library; undefined where it has none. */
  readonly pythonLibrary: string | undefined;
}

/**
 * Finds the wheel of a Python environment. The package itself is not imported: its folder holds a plain server.
 * Throws `not-found` with what to install.
 * @param python path of the interpreter whose environment has `nvidia-pytriton`.
 */
export async function findWheel(python: string): Promise<Wheel> {
  const { version, sitePackages, pythonLibrary } = await askPython(python);
  const root = join(sitePackages, 'pytriton', 'tritonserver');
  const wheel: Wheel = {
    sitePackages,
    server: join(root, 'bin', 'tritonserver'),
    backends: join(root, 'backends'),
    stub: join(root, 'python_backend_stubs', version, 'triton_python_backend_stub'),
    caches: join(root, 'caches'),
    libraries: join(sitePackages, 'nvidia_pytriton.libs'),
    pythonLibrary,
  };
  if (!existsSync(wheel.server)) {
    throw new AtelierError({
      code: 'not-found',
      message: `There is no tritonserver in the Python environment of ${python}.`,
      hint: 'Install it there: pip install nvidia-pytriton (Linux, glibc >= 2.35).',
    });
  }
  if (!existsSync(wheel.stub)) {
    throw new AtelierError({
      code: 'not-found',
      message: `The tritonserver wheel brings no python backend for Python ${version}.`,
      hint: 'Use an environment of Python 3.10 to 3.13.',
    });
  }
  return wheel;
}

interface Answer {
  readonly version: string;
  readonly sitePackages: string;
  readonly pythonLibrary: string | undefined;
}

const question = `
import os, sys, sysconfig
version = "%d.%d" % sys.version_info[:2]
folders = [sysconfig.get_config_var("LIBDIR") or "", os.path.join(sys.base_prefix, "lib")]
libraries = [os.path.join(folder, "libpython%s.so.1.0" % version) for folder in folders]
print(version, sysconfig.get_paths()["platlib"], next(filter(os.path.exists, libraries), ""), sep="\\n")
`;

async function askPython(python: string): Promise<Answer> {
  try {
    const { stdout } = await run(python, ['-c', question], { encoding: 'utf8' });
    const [version = '', sitePackages = '', pythonLibrary] = stdout.split('\n');
    return { version, sitePackages, pythonLibrary: pythonLibrary || undefined };
  } catch (cause) {
    throw new AtelierError({
      code: 'not-found',
      message: `${python} is not a Python interpreter that runs.`,
      hint: 'Give the path of the interpreter of an environment with nvidia-pytriton installed.',
      cause,
    });
  }
}
