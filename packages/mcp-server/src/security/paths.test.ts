import { lstat, readdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AllowedFolder, allowedFolder } from './__fixtures__/allowed-folder.ts';
import { type StdioHost, stdioHost } from './__fixtures__/stdio-host.ts';

let folder: AllowedFolder;
let host: StdioHost;
beforeAll(async () => {
  folder = await allowedFolder();
  host = await stdioHost({ parameters: ['--root', folder.root, '--output', folder.output] });
});
afterAll(async () => {
  await host?.end();
  await folder?.remove();
});

it('reads what lies inside, also by a file: URL and by ways that end inside', async () => {
  const { root } = folder;
  const inside = [
    join(root, 'inner/ours.png'),
    'inner/ours.png',
    './inner/ours.png',
    `${root}/inner/../inner/./ours.png`,
    pathToFileURL(join(root, 'inner/ours.png')).href,
    `${pathToFileURL(root).href}/%69nner/ours.png`,
    `FILE://localhost${root}/inner/ours.png`,
  ];
  for (const source of inside)
    expect([source, (await host.call('load_image', { source })).output.width]).toEqual([source, 24]);
});

/** Ways out of the folder, and the codes that refuse them. */
const outside: readonly [way: string, code: RegExp][] = [
  ['ROOT/../open-not/theirs.png', /^not-allowed$/],
  ['ROOT/inner/../../open-not/theirs.png', /^not-allowed$/],
  ['OUTSIDE/theirs.png', /^not-allowed$/],
  ['ROOT-not/theirs.png', /^not-allowed$/],
  ['ROOT/link.png', /^not-allowed$/],
  ['ROOT/link-to-link.png', /^not-allowed$/],
  ['ROOT/folder-link/theirs.png', /^not-allowed$/],
  ['ROOT/inner/../folder-link/../open-not/theirs.png', /^not-found$/],
  ['ROOT/proc/environ', /^not-allowed$/],
  ['ROOT/proc/root/etc/passwd', /^not-allowed$/],
  ['ROOT/proc/cwd/package.json', /^not-allowed$/],
  ['ROOT/proc/fd/0', /^not-(allowed|found)$/],
  ['ROOT/zero.png', /^not-allowed$/],
  ['ROOT/loop.png', /^(not-allowed|image-invalid)$/],
  ['ROOT/pipe.png', /^image-invalid$/],
  ['ROOT', /^not-allowed$/],
  ['ROOT/', /^not-allowed$/],
  ['ROOT/inner', /^image-invalid$/],
  ['/', /^not-allowed$/],
  ['/etc/passwd', /^not-allowed$/],
  ['/proc/self/environ', /^not-allowed$/],
  ['/proc/self/rootROOT/inner/ours.png', /^not-allowed$/],
  ['/proc/self/root/etc/passwd', /^not-allowed$/],
  ['/proc/self/cwd/package.json', /^not-allowed$/],
  ['/dev/zero', /^not-allowed$/],
  ['/dev/stdin', /^not-allowed$/],
  ['/dev/fd/0', /^not-allowed$/],
  ['ROOT/inner/ours.png\0.txt', /^invalid-input$/],
  ['\0', /^invalid-input$/],
  ['../open-not/theirs.png', /^not-found$/],
  ['inner/../../open-not/theirs.png', /^not-found$/],
  ['open-not/theirs.png', /^not-found$/],
  ['~/photo.png', /^not-allowed$/],
  ['$HOME/photo.png', /^not-found$/],
  ['ROOT/%2e%2e/open-not/theirs.png', /^not-found$/],
  ['ROOT/..%2fopen-not/theirs.png', /^not-found$/],
  ['file://ROOT/%2e%2e/open-not/theirs.png', /^not-allowed$/],
  ['file://ROOT/..%2fopen-not/theirs.png', /^invalid-input$/],
  ['file://ROOT/inner/ours.png%00', /^invalid-input$/],
  ['file://ROOT/..%5copen-not%5ctheirs.png', /^not-(allowed|found)$/],
  ['file://evil.exampleROOT/inner/ours.png', /^invalid-input$/],
  ['file://127.0.0.1ROOT/inner/ours.png', /^invalid-input$/],
  ['file:////evil.example/share/x.png', /^not-allowed$/],
  ['\\\\evil.example\\share\\x.png', /^not-found$/],
  ['//evil.example/share/x.png', /^not-allowed$/],
  ['\\\\?\\C:\\x.png', /^not-found$/],
  ['C:\\Windows\\win.ini', /^not-found$/],
  ['ROOT/INNER/ours.png', /^not-found$/],
  ['ROOT/inner/OURS.PNG', /^not-found$/],
  ['ROOT/inner/ours.png/../../../open-not/theirs.png', /^not-allowed$/],
  [`ROOT/${'a'.repeat(5000)}`, /^invalid-input$/],
  ['ftp://evil.example/x.png', /^invalid-input$/],
  ['gopher://evil.example/x', /^invalid-input$/],
  ['jar:file:ROOT/inner/ours.png!/x', /^invalid-input$/],
  ['blob:nodedata:1', /^invalid-input$/],
  ['atelier://images/../../etc/passwd', /^not-found$/],
  ['img_../../../etc/passwd', /^not-found$/],
];

const filled = (text: string): string => text.replaceAll('ROOT', folder.root).replaceAll('OUTSIDE', folder.outside);

describe.each(['load_image', 'detect_objects', 'save_image', 'edit_image'])('%s reads nothing outside', (tool) => {
  // What a tool takes beside the picture; all of them take pictures through the same door, and each way is tried at one.
  const input = (way: string): object => {
    if (tool === 'load_image') return { source: way };
    if (tool === 'save_image') return { image: way, name: 'stolen.png' };
    return tool === 'edit_image' ? { image: way, prompt: 'make it blue' } : { image: way, phrases: ['cup'] };
  };

  it.each(outside)('%s', async (way, code) => {
    const answer = await host.call(tool, input(filled(way)));
    expect(answer.refusal).toMatch(code);
    expect(answer.whole).not.toMatch(/root:.:0:|PATH=|"workspaces"/);
  });
});

it('the same words for what is there and what is not, outside', async () => {
  const told = async (name: string): Promise<string> =>
    (await host.call('load_image', { source: name })).text.replaceAll(name, 'NAME');
  expect(await told('/etc/passwd')).toBe(await told('/etc/none-of-this-name'));
  expect(await told(join(folder.outside, 'theirs.png'))).toBe(await told(join(folder.outside, 'none.png')));
});

/** Names for files that lie elsewhere, or that another system understands otherwise. */
const names = [
  ...['../x.png', 'a/../../x.png', '/tmp/x.png', './x.png', 'a//x.png', '..', '.', '.hidden.png', 'a/.git/x.png'],
  ...['way-out/x.png', 'way-out/../x.png', 'WAY-OUT/../x.png', 'linked.png', 'pipe.png', 'con.png', 'aux.png/x.png'],
  ...[
    'x.png\0.txt',
    'x\n.png',
    'x\u202egnp.png',
    'x\u001b[31m.png',
    'C:\\x.png',
    '\\\\evil\\x.png',
    'a\\..\\x.png',
    'x.png:ads.png',
  ],
  ...['x.sh', 'x.png.sh', 'x', '.png', 'x.png ', 'x.png.', '$(id).png|x', `${'é'.repeat(150)}.png`, 'a/b/c/d/e/x.png'],
  ...['%2e%2e/x.png/', '\ud800.png', '../open-not/theirs.png', '...png'],
] as const;

describe('save_image writes nothing elsewhere', () => {
  const image = () => join(folder.root, 'inner/ours.png');

  it.each(names)('%j', async (name) => {
    const before = await contentsOf(folder);
    for (const overwrite of [false, true]) {
      const answer = await host.call('save_image', { image: image(), name, overwrite });
      expect([answer.refusal, answer.text]).toEqual([
        expect.stringMatching(/^(invalid-input|not-allowed)$/),
        expect.anything(),
      ]);
    }
    expect(await contentsOf(folder)).toEqual(before);
  });

  it('replaces no file unasked, and says so', async () => {
    const first = await host.call('save_image', { image: image(), name: 'kept/once.png' });
    expect(first.output.path).toBe(join(await realpath(folder.output), 'kept/once.png'));
    const before = await contentsOf(folder);
    expect((await host.call('save_image', { image: image(), name: 'kept/once.png' })).refusal).toBe(
      'output-not-writable',
    );
    expect(await contentsOf(folder)).toEqual(before);
  });

  it('leaves names that only look like ways out where they belong', async () => {
    for (const name of ['%2e%2e%2fx.png', '~/x.png', '..x.png', 'a..b/x.png', '$(id).png', '`id`.png', "';--.png"]) {
      const { output, refusal } = await host.call('save_image', { image: image(), name });
      if (refusal !== undefined) expect([name, refusal]).toEqual([name, 'invalid-input']);
      else expect([name, String(output.path).startsWith(`${await realpath(folder.output)}/`)]).toEqual([name, true]);
    }
  });
});

/** What lies where pictures are written, where they must not be, and where a way out of both would lead. */
async function contentsOf({ outside: elsewhere, output }: AllowedFolder): Promise<string[]> {
  const listed = await Promise.all([dirname(output), elsewhere, output, join(output, 'kept')].map(filesIn));
  const stray = (await readdir('/tmp')).filter((name) => name === 'x.png');
  return [...listed.flat(), ...stray].sort();
}

async function filesIn(folderPath: string): Promise<string[]> {
  const names = await readdir(folderPath).catch(() => []);
  return Promise.all(
    names.map(async (name) => {
      const facts = await lstat(join(folderPath, name));
      return `${join(folderPath, name)} ${facts.isFile() ? `${facts.size} ${facts.mtimeMs}` : ''}`;
    }),
  );
}

it('standard output carried the protocol alone', () => {
  expect(host.strayLines()).toEqual([]);
  expect(host.written('stderr')).not.toMatch(/\n\s+at /);
});
