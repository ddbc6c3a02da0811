import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { photo } from '../../test/photos.ts';
import { atMost, type BenchRow, median } from '../row.ts';

const cli = fileURLToPath(new URL('../../../cli/bin/atelier.js', import.meta.url));

/** The built command line from start to exit, models loaded anew each time. */
export function benchCommandLine(): BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), 'atelier-bench-'));
  try {
    const text = join(folder, 'text.png');
    writeFileSync(text, 'This is not a picture.');
    const time = (args: readonly string[], exit: number): number => {
      const began = performance.now();
      const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', cwd: folder });
      if (status !== exit) throw new Error(`atelier ${args.join(' ')} ended with ${status}: ${stderr}`);
      return (performance.now() - began) / 1000;
    };
    const edits: number[] = [];
    const bad: number[] = [];
    const starts: number[] = [];
    for (let round = 0; round < 3; round++) {
      edits.push(time(['edit', photo('coffee.png'), 'remove the cup', '-o', 'out.png', '--json'], 0));
      bad.push(time(['edit', text, 'remove the cup', '-o', 'bad.png'], 1));
      starts.push(time(['--version'], 0));
    }
    return [
      atMost('command line, start to result, "remove the cup"', median(edits), 6, 's'),
      atMost('command line, a text file named .png refused, after start-up', median(bad) - median(starts), 1, 's'),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
