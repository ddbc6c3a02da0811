import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../../../../', import.meta.url));

const run = promisify(execFile);

/** The guide's examples, by the name in the comment before each: `<!-- run: NAME -->` or `<!-- file: NAME -->`. */
export function readGuide(): ReadonlyMap<string, string> {
  const guide = readFileSync(join(root, 'docs/agent-api.md'), 'utf8');
  const blocks = guide.matchAll(/<!-- (?:run|file): ([\w.]+) -->\n```\w+\n(.*?)```/gs);
  return new Map([...blocks].map(([, name = '', code = '']) => [name, code]));
}

export interface Workshop {
  readonly folder: string;
  /** Puts a file there, in which the packages can be imported. */
  write(name: string, text: string): string;
  /** Runs a program in the repository's root, or in the workshop; gives what it printed, and rejects where it fails. */
  run(program: string, args: readonly string[], options?: { env?: NodeJS.ProcessEnv; here?: boolean }): Promise<string>;
  close(): void;
}

/** A folder to run examples in. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-guide-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    write(name, text) {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
    async run(program, args, { env = {}, here = false } = {}) {
      const cwd = here ? folder : root;
      const { stdout } = await run(program, args, { cwd, env: { ...process.env, ...env }, timeout: 50_000 });
      return stdout;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
