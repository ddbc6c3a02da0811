import { readFile } from 'node:fs/promises';
import type { buildViewer } from './build-viewer.ts';

let built: Promise<string> | undefined;

/** The viewer's page: the file beside the built package; from sources it is built once and kept. */
export function viewerHtml(): Promise<string> {
  built ??= isSource() ? build() : readFile(new URL('./apps/viewer.html', import.meta.url), 'utf8');
  // What failed once may work later: a build under way, a full disk.
  built.catch(() => {
    built = undefined;
  });
  return built;
}

const isSource = (): boolean => import.meta.url.endsWith('.ts');

/** Named at run time, so that no bundle of the server carries the bundler. */
async function build(): Promise<string> {
  const from: { buildViewer: typeof buildViewer } = await import(new URL('./build-viewer.ts', import.meta.url).href);
  return from.buildViewer();
}
