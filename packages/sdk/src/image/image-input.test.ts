import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import { encodeImage } from './encode.ts';
import { Image } from './image.ts';
import { isImageId, readImageBytes } from './image-input.ts';

const bytes = (
  await encodeImage({ width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255) }, { format: 'png' })
).bytes;
let folder = '';
let allowed = '';
let file = '';
let server: Server;
let origin = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-input-'));
  allowed = join(folder, 'allowed');
  file = join(allowed, 'photo.png');
  await mkdir(allowed);
  await mkdir(join(folder, 'allowed-not'));
  await writeFile(file, bytes);
  await writeFile(join(folder, 'secret.png'), bytes);
  await writeFile(join(folder, 'allowed-not', 'photo.png'), bytes);
  await symlink(join(folder, 'secret.png'), join(allowed, 'way-out.png'));
  await symlink(file, join(allowed, 'way-in.png'));
  await symlink(folder, join(allowed, 'up'));
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/photo')) response.end(bytes);
    else if (path === '/moved') response.writeHead(302, { location: '/photo.png' }).end();
    else if (path === '/elsewhere') response.writeHead(302, { location: 'http://other.example/photo.png' }).end();
    else if (path === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (path === '/endless') {
      // Without a length: only reading can tell that it is too much.
      const timer = setInterval(() => response.write(Buffer.alloc(4096)), 1);
      response.on('close', () => clearInterval(timer));
    } else response.writeHead(path === '/busy' ? 503 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

describe('readImageBytes reads', () => {
  it('bytes, a Blob, paths, file URLs and data URLs alike', async () => {
    const base64 = Buffer.from(bytes).toString('base64');
    const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    const inputs = [
      bytes,
      new Blob([new Uint8Array(bytes)]),
      file,
      relative(process.cwd(), file),
      pathToFileURL(file),
      pathToFileURL(file).href,
      `data:image/png;base64,${base64}`,
      `data:;base64,${encodeURIComponent(base64)}`,
      `data:image/png,${percent}`,
    ];
    for (const input of inputs) expect(new Uint8Array(await readImageBytes(input))).toEqual(new Uint8Array(bytes));
  });

  it('an Image as its own file, or as a new PNG', async () => {
    const decoded = await decodeImage(bytes);
    expect(await readImageBytes(decoded)).toEqual(decoded.original?.bytes);
    const made = await Image.fromPixels({ width: 1, height: 1, data: Uint8Array.of(9, 8, 7, 6) });
    expect((await decodeImage(await readImageBytes(made))).id).toBe(made.id);
  });

  it('files inside the roots, through links that stay inside', async () => {
    for (const path of [file, join(allowed, 'way-in.png'), pathToFileURL(file).href]) {
      expect((await readImageBytes(path, { roots: [allowed] })).length).toBe(bytes.length);
    }
  });
});

describe('readImageBytes refuses', () => {
  it('files outside the roots, by any way, and does not tell whether they exist', async () => {
    const ways = ['../secret.png', '../nothing-here.png', 'way-out.png', 'up/secret.png', '../allowed-not/photo.png'];
    for (const way of ways) {
      const reading = readImageBytes(`${allowed}/${way}`, { roots: [allowed] });
      await expect(reading, way).rejects.toMatchObject({ code: 'not-allowed' });
    }
    await expect(readImageBytes(file, { roots: [] })).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it('what is no regular file, without waiting for it', async () => {
    const pipe = join(folder, 'pipe.png');
    execFileSync('mkfifo', [pipe]);
    for (const [path, words] of [
      [folder, 'a folder'],
      [pipe, 'a pipe'],
      ['/dev/zero', 'a pipe or device'],
    ] as const) {
      await expect(readImageBytes(path)).rejects.toMatchObject({
        code: 'image-invalid',
        message: expect.stringContaining(words),
      });
    }
  });

  it.each([
    ['a missing file', 'no-such-file.png', 'not-found'],
    ['a path through a file', `${import.meta.filename}/photo.png`, 'not-found'],
    ['an image id', `img_${'0'.repeat(32)}`, 'not-found'],
    ['nothing', ' ', 'invalid-input'],
    ['a path with a zero byte', 'a\0b.png', 'invalid-input'],
    ['a file URL of another machine', 'file://server/photo.png', 'invalid-input'],
    ['another scheme', 'ftp://example.com/photo.png', 'not-allowed'],
    ['a web address, unless allowed', 'https://example.com/photo.png', 'not-allowed'],
    ['a broken data URL', 'data:image/png;base64', 'image-invalid'],
    ['data that is not base64', 'data:image/png;base64,§§§', 'image-invalid'],
    // The casts let the test pass what the types forbid.
    ['null', null as unknown as string, 'invalid-input'],
    ['a number', 7 as unknown as string, 'invalid-input'],
  ])('%s', async (_name, input, code) => {
    await expect(readImageBytes(input)).rejects.toMatchObject({ code, message: expect.any(String) });
  });

  it('more bytes than allowed, whatever they come in', async () => {
    const data = `data:;base64,${Buffer.from(bytes).toString('base64')}`;
    for (const input of [bytes, new Blob([new Uint8Array(bytes)]), file, data]) {
      const reading = readImageBytes(input, { maxBytes: bytes.length - 1 });
      await expect(reading).rejects.toMatchObject({ code: 'image-too-large', hint: expect.any(String) });
    }
  });
});

describe('readImageBytes from the web', () => {
  /** Sends requests for a public name to the server of this test, as a resolving transport would. */
  const viaTestServer: typeof fetch = (target, init) => {
    const { pathname } = new URL(target instanceof Request ? target.url : target);
    return fetch(origin + pathname, init);
  };
  const policy = { urls: (url: URL) => url.hostname === 'pictures.example', fetch: viaTestServer, maxBytes: 100_000 };

  it('follows redirects that the policy allows', async () => {
    for (const path of ['photo.png', 'moved']) {
      expect((await readImageBytes(`http://pictures.example/${path}`, policy)).length).toBe(bytes.length);
    }
  });

  it.each([
    ['another host', 'http://other.example/photo.png', 'not-allowed'],
    ['a redirect to another host', 'http://pictures.example/elsewhere', 'not-allowed'],
    ['a redirect to a private address', 'http://pictures.example/inside', 'not-allowed'],
    ['a missing page', 'http://pictures.example/missing', 'not-found'],
    ['an endless answer', 'http://pictures.example/endless', 'image-too-large'],
  ])('refuses %s', async (_name, url, code) => {
    await expect(readImageBytes(url, policy)).rejects.toMatchObject({ code });
  });

  it('refuses private addresses whatever the policy says', async () => {
    for (const url of [
      `${origin}/photo.png`,
      'http://localhost/photo.png',
      'http://[::1]/photo.png',
      'http://10.0.0.1/',
    ]) {
      await expect(readImageBytes(url, { urls: () => true }), url).rejects.toMatchObject({ code: 'not-allowed' });
    }
  });

  it('tells what may be tried again, and keeps secrets of the address out of messages', async () => {
    const reading = readImageBytes('http://me:password@pictures.example/busy?token=secret', policy);
    const error = await reading.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toMatchObject({ code: 'not-found', isRetryable: true });
    expect(`${error.message} ${error.hint}`).not.toMatch(/password|secret/);
  });

  it('stops at the signal', async () => {
    const signal = AbortSignal.timeout(50);
    const unlimited = { ...policy, maxBytes: 1e9, signal };
    await expect(readImageBytes('http://pictures.example/endless', unlimited)).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });
});

describe('isImageId', () => {
  it('knows ids from paths', () => {
    expect(isImageId(`img_${'0a'.repeat(16)}`)).toBe(true);
    for (const other of ['img_1', `img_${'0A'.repeat(16)}`, `./img_${'0a'.repeat(16)}`])
      expect(isImageId(other)).toBe(false);
  });
});
