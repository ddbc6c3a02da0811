import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateImage } from 'ai';
import { afterAll, expect, it } from 'vitest';
import { providerOfTests } from './__fixtures__/providers.ts';

const asked: string[] = [];
const pictures = createServer((request, response) => {
  asked.push(request.url ?? '');
  response.writeHead(302, { location: 'http://127.0.0.1:9/inside.png' }).end();
});
await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve));
const { port } = pictures.address() as AddressInfo;
afterAll(() => pictures.close());

const paintOver = async (url: string, allowUrls?: (url: URL) => boolean) => {
  await using provider = Object.assign(providerOfTests(allowUrls ? { allowUrls } : {}), {
    [Symbol.asyncDispose]: () => provider.close(),
  });
  return generateImage({ model: provider.imageModel('sd3'), prompt: { text: 'a cat', images: [url] } });
};

it('fetches no address unless it is allowed', async () => {
  await expect(paintOver('https://example.org/a.png')).rejects.toMatchObject({ code: 'not-allowed' });
  const other = paintOver('https://example.org/a.png', ({ hostname }) => hostname === 'images.example.org');
  await expect(other).rejects.toMatchObject({ code: 'not-allowed' });
});

it('never fetches from a private network, whatever is allowed', async () => {
  const addresses = [
    `http://127.0.0.1:${port}/a.png`,
    `http://localhost:${port}/a.png`,
    'http://169.254.169.254/latest',
  ];
  for (const address of addresses)
    await expect(paintOver(address, () => true)).rejects.toMatchObject({ code: 'not-allowed' });
  expect(asked).toEqual([]);
});
