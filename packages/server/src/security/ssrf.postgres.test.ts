import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readReference } from '../images/intake.ts';
import { type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

let server: AttackedServer;
/** What must never be asked anything. */
let asked = 0;
const inside = createServer((_request, response) => {
  asked += 1;
  response.end();
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
  const address = inside.address();
  port = typeof address === 'object' && address ? address.port : 0;
  // The most careless setting there is.
  server = await attackedServer(inject('postgres'), { imageUrls: () => true });
});
afterAll(async () => {
  await server.end();
  await new Promise((resolve) => inside.close(resolve));
});

/** Everything that takes the address of a picture. */
const places: readonly [string, (image: string) => Promise<Response>][] = [
  ['/agent/invoke', (image) => server.ask('/agent/invoke', { json: { prompt: 'adjust 1', image } })],
  ['/agent/invoke, as a form', (image) => server.ask('/agent/invoke', { method: 'POST', body: form({ image }) })],
  ['/images', (image) => server.ask('/images', { json: { image } })],
  ['/images, as a form', (image) => server.ask('/images', { method: 'POST', body: form({ image }, 'none') })],
  ['/vision/detect', (image) => server.ask('/vision/detect', { json: { image, phrases: ['a'] } })],
  ['/vision/adjust', (image) => server.ask('/vision/adjust', { json: { image, operation: 'blur', parameters: {} } })],
  [
    '/vision/ask, as a form',
    (image) => server.ask('/vision/ask', { method: 'POST', body: form({ image }, 'question') }),
  ],
  [
    '/chat',
    (url) => {
      const parts = [
        { type: 'text', text: 'adjust 1' },
        { type: 'file', mediaType: 'image/png', url },
      ];
      return server.ask('/chat', { json: { id: 'chat', messages: [{ id: 'message', role: 'user', parts }] } });
    },
  ],
];

function form(fields: Readonly<Record<string, string>>, words: 'prompt' | 'question' | 'none' = 'prompt'): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  if (words !== 'none') made.set(words, 'adjust 1');
  return made;
}

/** Ways to write an address of this machine or its network. */
const addresses: readonly string[] = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '0',
  'localhost',
  'LOCALHOST.',
  'user:password@127.0.0.1',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fd00::1]',
  '169.254.169.254',
  '[::ffff:169.254.169.254]',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '100.64.0.1',
  '224.0.0.1',
  '１２７.0.0.1',
];

describe('a picture by its address', () => {
  it.each(places)('at %s leads nowhere inside', async (_place, send) => {
    asked = 0;
    for (const address of addresses) {
      const { status, code } = await refusal(send(`http://${address}:${port}/latest/meta-data`));
      expect({ address, status, code }).toEqual({ address, status: 403, code: 'not-allowed' });
    }
    expect(asked).toBe(0);
  });

  it.each([
    'file:///etc/passwd',
    'FILE:/etc/passwd',
    'file://localhost/etc/passwd',
    '/etc/passwd',
    '../../../../etc/passwd',
    '//127.0.0.1/',
    'C:\\Windows\\win.ini',
    '\\\\127.0.0.1\\share\\a.png',
    'ftp://127.0.0.1/',
    'gopher://127.0.0.1:6379/_INFO',
    'blob:http://127.0.0.1/a',
    'http:127.0.0.1',
    'http:\\\\127.0.0.1\\',
    ' http://127.0.0.1/',
    'ht\ntp://127.0.0.1/',
    'http://',
    'data:',
    'data:,',
    'data:text/html,<script>',
    'data:image/png;base64,!',
    'data:image/png;base64,',
    `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>')}`,
    'javascript:alert(1)',
    'img_../../x',
    'img_0000\0',
  ])('that is none is refused as one: %j', async (image) => {
    for (const [place, send] of places) {
      const { status, message } = await refusal(send(image));
      expect({ place, status }).toEqual({ place, status: 400 });
      expect(message).not.toMatch(/root:|ENOENT|win\.ini/);
    }
  });

  it('is not followed from a public address to one inside', async () => {
    // No test reaches the public internet: the first answer is made here, what follows is the real thing.
    asked = 0;
    for (const to of [`http://127.0.0.1:${port}/`, `http://[::ffff:7f00:1]:${port}/`, 'http://169.254.169.254/']) {
      const redirecting: typeof globalThis.fetch = async () => Response.redirect(to, 302);
      const policy = { urls: () => true, maxBytes: 1000, fetch: redirecting };
      await expect(readReference('http://1.1.1.1/a.png', policy)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect(asked).toBe(0);
  });

  it('is not fetched at all where no address is allowed', async () => {
    const closed = await attackedServer(inject('postgres'));
    try {
      for (const image of ['https://example.com/a.png', `http://127.0.0.1:${port}/`]) {
        expect(await refusal(closed.ask('/images', { json: { image } }))).toMatchObject({ status: 403 });
      }
    } finally {
      await closed.end();
    }
  });
});
