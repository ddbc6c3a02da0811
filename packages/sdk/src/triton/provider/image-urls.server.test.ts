import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { DownloadError } from '@ai-sdk/provider-utils';
import { experimental_decide as decide, generateImage, generateText, streamText } from 'ai';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeImage } from '../../image/decode.ts';
import { providerOfTests } from './__fixtures__/providers.ts';
import { colours, drawPatches, toPng } from './__fixtures__/shapes.ts';
import { TritonBoxDecisionModel } from './decision/box-decision-model.ts';
import { TritonImageModel } from './image/triton-image-model.ts';
import { TritonLanguageModel } from './language/triton-language-model.ts';
import type { AllowUrls } from './provider-context.ts';

const picture = await toPng(drawPatches(96, 64, [{ x: 20, y: 20, width: 30, height: 30, colour: colours.blue }]));
let asked: string[] = [];
const web = createServer((request, response) => {
  asked.push(request.url ?? '');
  if (request.url?.startsWith('/photo.png')) response.end(picture);
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
afterEach(() => {
  vi.unstubAllGlobals();
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

/** What the AI SDK would fetch by itself; ours has a connection of its own. */
const spiedFetch = () => {
  const fetched: string[] = [];
  vi.stubGlobal('fetch', async (target: string | URL | Request) => {
    fetched.push(target instanceof Request ? target.url : String(target));
    return new Response(picture, { headers: { 'content-type': 'image/png' } });
  });
  return fetched;
};
const squares = { type: 'text' as const, text: 'How many blue squares?' };
const photo = `http://pictures.example:${port}/photo.png?token=secret`;
const messagesWith = (url: string, mediaType = 'image/png') => [
  { role: 'user' as const, content: [squares, { type: 'file' as const, mediaType, data: new URL(url) }] },
];

describe('pictures of messages that are given as addresses', () => {
  const modelWith = (allowUrls: AllowUrls) =>
    new TritonLanguageModel('vqa', {
      client: triton.client,
      allowUrls,
      onProgress: undefined,
      parallelImages: 1,
      network,
    });

  it.each(['image/png', 'image', 'image/*', 'IMAGE/JPEG'])(
    'are fetched by nobody unless that is allowed, as %s',
    async (mediaType) => {
      const fetched = spiedFetch();
      const messages = messagesWith(photo, mediaType);
      const error = await generateText({ model: modelWith(false), messages }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({
        code: 'not-allowed',
        message: expect.stringContaining('allowUrls of createTriton'),
        hint: expect.stringContaining('allowUrls: ('),
      });
      expect(inspect(error, { depth: 10 })).not.toContain('secret');
      const told: unknown[] = [];
      const model = modelWith(() => false);
      await streamText({ model, messages, onError: ({ error }) => void told.push(error) }).consumeStream();
      expect(told).toMatchObject([{ code: 'not-allowed' }]);
      expect([...fetched, ...asked]).toEqual([]);
    },
  );

  it('are fetched where that is allowed, by us alone and with our checks', async () => {
    const fetched = spiedFetch();
    const model = modelWith(({ hostname }) => hostname === 'pictures.example');
    expect((await generateText({ model, messages: messagesWith(photo) })).text).toBe('There is 1 blue square.');
    const away = generateText({ model: modelWith(() => true), messages: messagesWith(photo.replace('photo', 'away')) });
    await expect(away).rejects.toMatchObject({ code: 'not-allowed' });
    expect(asked).toEqual(['/photo.png?token=secret', '/away.png?token=secret']);
    expect(fetched).toEqual([]);
  });

  it('are not fetched to find out that they are no pictures', async () => {
    const fetched = spiedFetch();
    const documents = generateText({ model: modelWith(() => true), messages: messagesWith(photo, 'application/pdf') });
    await expect(documents).rejects.toThrow('files of type application/pdf');
    expect([...fetched, ...asked]).toEqual([]);
  });

  it('may be read by a download of the caller', async () => {
    const { text } = await generateText({
      model: triton('vqa'),
      messages: messagesWith(photo),
      experimental_download: async (requests) => requests.map(() => ({ data: picture, mediaType: 'image/png' })),
    });
    expect(text).toBe('There is 1 blue square.');
  });
});

describe('pictures of a state that are given as addresses', () => {
  const questions = { blue: { type: 'box', instructions: 'a blue square' } } as const;
  const state = [{ type: 'file' as const, mediaType: 'image/png', data: new URL(photo) }];
  const modelWith = (allowUrls: AllowUrls) =>
    new TritonBoxDecisionModel('owlv2', {
      client: triton.client,
      allowUrls,
      onProgress: undefined,
      parallelImages: 1,
      network,
    });
  /** Hands the addresses on to the model. */
  const handOn = async (requests: readonly unknown[]) => requests.map(() => null);

  it('are fetched by nobody unless that is allowed', async () => {
    const fetched = spiedFetch();
    await expect(decide({ model: modelWith(() => true), state, questions })).rejects.toThrow('experimental_download');
    const refused = decide({ model: modelWith(false), state, questions, experimental_download: handOn });
    await expect(refused).rejects.toMatchObject({ code: 'not-allowed', hint: expect.stringContaining('allowUrls') });
    expect([...fetched, ...asked]).toEqual([]);
  });

  it('are fetched by us where they are handed on and allowed', async () => {
    const fetched = spiedFetch();
    const call = { model: modelWith(() => true), state, questions, experimental_download: handOn };
    const { answers } = await decide(call);
    expect(answers.blue.box.left).toBeCloseTo(20 / 96, 6);
    expect([fetched, asked]).toEqual([[], ['/photo.png?token=secret']]);
  });
});
