import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = (name: string): string => fileURLToPath(new URL(`./viewer/${name}`, import.meta.url));

/** The viewer as one HTML file that loads nothing. Rejects with esbuild's errors. */
export async function buildViewer(): Promise<string> {
  const [page, script, style] = await Promise.all([
    readFile(source('viewer.html'), 'utf8'),
    bundle('main.ts'),
    bundle('viewer.css'),
  ]);
  // `</script>` in a string of the script would end it.
  const safeScript = script.trim().replaceAll('</', '<\\/');
  return page
    .replace('/* style */', () => style.trim())
    .replace('/* script */', () => safeScript)
    .replace('SCRIPT-HASH', createHash('sha256').update(safeScript).digest('base64'));
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [source(name)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: ['chrome123', 'firefox128', 'safari17.5'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}
