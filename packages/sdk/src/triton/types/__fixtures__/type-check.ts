import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../../../', import.meta.url));

/** What the compiler finds in files beside one another, as `name.ts(line,column): error TS...`. */
export async function typeCheck(files: Readonly<Record<string, string>>): Promise<string[]> {
  // Under node_modules the packages' names resolve, and no other tool looks at the files.
  const folder = await mkdtemp(join(root, 'node_modules', '.atelier-types-'));
  try {
    for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source);
    const config = {
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: true,
        customConditions: ['atelier-source'],
        typeRoots: [join(root, 'node_modules/@types')],
      },
      files: Object.keys(files),
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const output = await compile(folder);
    // Sources of the package itself are another check's business.
    return output.split('\n').filter((line) => Object.keys(files).some((name) => line.startsWith(`${name}(`)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function compile(folder: string): Promise<string> {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, '-p', '.', '--pretty', 'false'], { cwd: folder }, (error, stdout, stderr) => {
      // Diagnostics end it with 1 or 2 and go to standard output; anything else did not compile at all.
      if (error && stdout === '') reject(new Error(stderr || error.message));
      else resolve(stdout);
    });
  });
}
