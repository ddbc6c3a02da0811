/** What pip does at the moment, by the lines that it writes where its output is no terminal. */
export type PipStep =
  | { readonly kind: 'download'; readonly name: string; readonly bytes: number }
  /** Taken from pip's own cache or from a folder. */
  | { readonly kind: 'cached'; readonly name: string }
  | { readonly kind: 'look'; readonly name: string }
  | { readonly kind: 'install'; readonly count: number };

const unitBytes: Readonly<Record<string, number>> = { bytes: 1, kb: 1e3, mb: 1e6, gb: 1e9 };

/** The step that a line of pip begins, or undefined. */
export function readPipLine(line: string): PipStep | undefined {
  const [, requirement] = /^Collecting ([A-Za-z0-9][\w.-]*)/.exec(line) ?? [];
  if (requirement !== undefined) return { kind: 'look', name: requirement };
  // Not "x.whl.metadata", which is small and not what is waited for.
  const [, verb, path, number, unit] =
    /^\s+(Downloading|Using cached) (\S+\.(?:whl|tar\.gz|zip)) \(([\d.]+) (bytes|kB|MB|GB)\)/.exec(line) ?? [];
  if (path !== undefined) {
    const name = distributionOf(path);
    if (verb === 'Using cached') return { kind: 'cached', name };
    return { kind: 'download', name, bytes: Math.round(Number(number) * unitBytes[unit.toLowerCase()]) };
  }
  const [, local] = /^Processing (\S+\.whl|\S+\.tar\.gz)/.exec(line) ?? [];
  if (local !== undefined) return { kind: 'cached', name: distributionOf(local) };
  const [, packages] = /^Installing collected packages: (.+)$/.exec(line) ?? [];
  return packages === undefined ? undefined : { kind: 'install', count: packages.split(', ').length };
}

/** "torch 2.13.0" of `https://host/whl/torch-2.13.0%2Bcpu-cp311-cp311-linux_x86_64.whl`. */
function distributionOf(path: string): string {
  const file = path.split('/').at(-1) ?? path;
  const [name = file, version = ''] = file.replace(/\.(tar\.gz|zip|whl)$/, '').split('-');
  return `${name.replaceAll('_', '-')} ${version.replace(/(%2B|\+).*$/i, '')}`.trim();
}
