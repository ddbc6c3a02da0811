import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DownloadError } from '@ai-sdk/provider-utils';
import { generateImage, generateText } from 'ai';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { decodeImage } from '../../image/decode.ts';
import { providerOfTests } from './__fixtures__/providers.ts';
import { colours, drawPatches, toPng } from './__fixtures__/shapes.ts';
import { TritonImageModel } from './image/triton-image-model.ts';
import type { AllowUrls } from './provider-context.ts';

const picture = await toPng(drawPatches(96, 64, [{ x: 20, y: 20, width: 30, height: 30, colour: colours.blue }]));
let asked: string[] = [];
const web = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url === '/photo.png') response.end(picture);
  else if (request.url === '/moved')
    response.writeHead(302, { location: `http://pictures.example:${port}/photo.png` }).end();
  else response.writeHead(302, { location: `http://inside.example:${port}/photo.png` }).end();
});
await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
// It listens on a port, so it has one.
const { port } = web.address() as AddressInfo;

const triton = providerOfTests();
afterAll(async () => {
  await triton.close();
  web.closeAllConnections();
  web.close();
});
beforeEach(() => {
  asked = [];
});

/** All names lead to 127.0.0.1, which plays a public address; `inside.example` is at a private one. */
const network = {
  resolve: async (host: string) => [{ address: host === 'inside.example' ? '127.0.0.2' : '127.0.0.1', family: 4 }],
  checkAddress: (address: string) => {
    if (address !== '127.0.0.1') throw new DownloadError({ url: address, message: 'private' });
  },
};

const vary = (url: string, allowUrls: AllowUrls) => {
  const { client } = triton;
  const model = new TritonImageModel('sd3', { client, allowUrls, onProgress: undefined, parallelImages: 1, network });
  return generateImage({
    model,
    prompt: { text: 'a red square', images: [url] },
    providerOptions: { triton: { steps: 2 } },
  });
};

describe('pictures of generateImage that are given as addresses', () => {
  it('are fetched where that is allowed, redirects too', async () => {
    for (const path of ['/photo.png', '/moved']) {
      const { image } = await vary(
        `http://pictures.example:${port}${path}`,
        ({ hostname }) => hostname === 'pictures.example',
      );
      const decoded = await decodeImage(image.uint8Array);
      expect([decoded.width, decoded.height]).toEqual([96, 64]);
    }
    expect(asked).toEqual(['/photo.png', '/moved', '/photo.png']);
  });

  it('are not fetched unless that is allowed', async () => {
    await expect(vary(`http://pictures.example:${port}/photo.png`, false)).rejects.toMatchObject({
      code: 'not-allowed',
    });
    const others = vary(`http://pictures.example:${port}/photo.png`, ({ hostname }) => hostname === 'other.example');
    await expect(others).rejects.toMatchObject({ code: 'not-allowed' });
    expect(asked).toEqual([]);
  });

  it('are not fetched from a private network, though a redirect leads there and all is allowed', async () => {
    const call = vary(`http://pictures.example:${port}/away`, () => true);
    await expect(call).rejects.toMatchObject({ code: 'not-allowed' });
    expect(asked).toEqual(['/away']);
  });

  it('are not fetched from the machine itself by a provider as users have it', async () => {
    const provider = providerOfTests({ allowUrls: () => true });
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254']) {
      const prompt = { text: 'a cat', images: [`http://${host}:${port}/photo.png`] };
      const call = generateImage({ model: provider.imageModel('sd3'), prompt });
      await expect(call, host).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect(asked).toEqual([]);
    await provider.close();
  });
});

it('leaves addresses of messages to the download of the AI SDK', async () => {
  const downloads: string[] = [];
  const { text } = await generateText({
    model: triton('vqa'),
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'How many blue squares?' },
          { type: 'file', mediaType: 'image/png', data: new URL('https://pictures.example/photo.png') },
        ],
      },
    ],
    experimental_download: async (requests) =>
      requests.map(({ url }) => {
        downloads.push(url.href);
        return { data: picture, mediaType: 'image/png' };
      }),
  });
  expect(text).toBe('There is 1 blue square.');
  expect(downloads).toEqual(['https://pictures.example/photo.png']);
});
