import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { squares, squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { detect } from '../../capabilities/detect/detect.ts';
import { inpaint } from '../../capabilities/inpaint/inpaint.ts';
import { createVisionContext } from '../../capabilities/vision.ts';
import { Mask } from '../../image/mask.ts';
import { TritonClient } from '../client/client.ts';
import { type LaunchedTriton, launchTriton } from '../launch/launch-triton.ts';
import { triton } from './triton.ts';

const { python, repository } = inject('triton');
let server: LaunchedTriton;
beforeAll(async () => {
  const args = ['--model-control-mode=explicit', '--load-model=owlv2'];
  server = await launchTriton({ python, repository, args });
});
afterAll(() => server?.stop('SIGKILL'));

const image = await squaresOn(100, 80, [{ colour: 'red', x: 20, y: 20, side: 30 }]);
const mask = Mask.fromBox(image, { x: 20, y: 20, width: 30, height: 30 });
const request = { mask, prompt: 'a green square' };

describe('a server that has not all models', () => {
  it('leaves to the next backend what it cannot do, from its first answer on', async () => {
    const backend = triton({ url: server.url, grpcUrl: server.grpcUrl });
    const context = createVisionContext([backend, squares()]);
    expect(await detect(context, image, { phrases: ['red square'] })).toHaveLength(1);
    const edit = await inpaint(context, image, request);
    expect(edit.receipt.backend).toBe('squares');
    expect(edit.verified.by).toBe('triton (owlv2)');
    await backend.close();
  });

  it('fails at a first call to such a model, and not at the second', async () => {
    const backend = triton({ url: server.url, grpcUrl: server.grpcUrl });
    const context = createVisionContext([backend, squares()]);
    await expect(inpaint(context, image, request)).rejects.toMatchObject({ code: 'model-not-found', model: 'sd3' });
    expect((await inpaint(context, image, request)).receipt.backend).toBe('squares');
    await backend.close();
  });

  it('is known before any call after refresh(), and alone explains what is missing', async () => {
    const backend = triton({ url: server.url, grpcUrl: server.grpcUrl });
    await backend.refresh();
    await expect(inpaint(createVisionContext([backend]), image, request)).rejects.toMatchObject({
      code: 'capability-unavailable',
      message: expect.stringContaining('It needs the model sd3, and it is not loaded'),
    });
    const client = new TritonClient({ url: server.url, grpcUrl: server.grpcUrl });
    await client.load('sd3');
    await backend.refresh();
    const edit = await inpaint(createVisionContext([backend]), image, request);
    expect(edit.receipt.backend).toBe('triton');
    await client.unload('sd3');
    await expect(inpaint(createVisionContext([backend]), image, request)).rejects.toMatchObject({
      code: expect.stringMatching(/^model-not-(found|ready)$/),
    });
    expect((await inpaint(createVisionContext([backend, squares()]), image, request)).receipt.backend).toBe('squares');
    await Promise.all([client.close(), backend.close()]);
  });

  it('works again after it was closed', async () => {
    const backend = triton({ url: server.url, grpcUrl: server.grpcUrl });
    const context = createVisionContext([backend]);
    await detect(context, image, { phrases: ['red square'] });
    await backend.close();
    expect(await detect(context, image, { phrases: ['red things'] })).toBeDefined();
    await backend.close();
  });

  it.each(['auto', 'grpc'] as const)(
    'keeps its list to itself, and is asked for each model over %s',
    async (transport) => {
      const restriction = 'model-repository:admin-key=secret';
      const args = ['--model-control-mode=explicit', '--load-model=owlv2'];
      args.push(`--http-restricted-api=${restriction}`, `--grpc-restricted-protocol=${restriction}`);
      const restricted = await launchTriton({ python, repository, args });
      const backend = triton({ url: restricted.url, grpcUrl: restricted.grpcUrl, transport });
      const client = new TritonClient({
        url: restricted,
        transport,
        headers: { 'admin-key': 'secret', 'triton-grpc-protocol-admin-key': 'secret' },
      });
      try {
        await expect(backend.refresh()).resolves.toBeUndefined();
        expect(await detect(createVisionContext([backend]), image, { phrases: ['red square'] })).toHaveLength(1);
        const edit = await inpaint(createVisionContext([backend, squares()]), image, request);
        expect(edit.receipt.backend).toBe('squares');
        await client.load('sd3');
        await backend.refresh();
        const repaint = await inpaint(createVisionContext([backend]), image, request);
        expect(repaint.receipt.backend).toBe('triton');
      } finally {
        await Promise.all([client.close(), backend.close()]);
        await restricted.stop('SIGKILL');
      }
    },
  );

  it('is unreachable once it is gone', async () => {
    const gone = triton({ url: 'http://127.0.0.1:9', retry: { attempts: 1 } });
    await expect(gone.refresh()).rejects.toMatchObject({ code: 'server-unreachable' });
    await expect(
      detect(createVisionContext([gone, squares()]), image, { phrases: ['red square'] }),
    ).rejects.toMatchObject({ code: 'server-unreachable' });
    await gone.close();
  });

  it.each([200, 3_000])('is waited for as long as calls may take: %i ms', async (timeoutMs) => {
    const sockets = new Set<{ destroy(): unknown }>();
    const silent = createServer((socket) => sockets.add(socket.on('error', () => {})));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address of this form.
    const { port } = silent.address() as AddressInfo;
    const backend = triton({ url: `http://127.0.0.1:${port}`, timeoutMs, retry: { attempts: 1 } });
    try {
      const began = performance.now();
      await expect(backend.refresh()).rejects.toMatchObject({ code: 'timed-out' });
      const took = performance.now() - began;
      expect(took).toBeGreaterThan(timeoutMs - 50);
      if (timeoutMs < 1_000) expect(took).toBeLessThan(1_700);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
      await backend.close();
    }
  });
});
