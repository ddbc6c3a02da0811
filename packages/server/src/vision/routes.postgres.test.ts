import { setTimeout as sleep } from 'node:timers/promises';
import { local } from '@atelier/local';
import type { Box, Detection, Receipt, RleMask, Verification } from '@atelier/sdk';
import { Mask } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  formWith,
  jsonOf,
  openTestApp,
  photo,
  problemOf,
  type TestApp,
  wordsOf,
} from '../images/__fixtures__/test-app.ts';
import { patientDetector, until } from './__fixtures__/patient-detector.ts';

let test: TestApp;
let coffee: string;

beforeAll(async () => {
  test = await openTestApp(inject('postgres'), [local({ threads: 1 })]);
  coffee = await upload('coffee.png');
});
afterAll(() => test?.close());

const upload = async (name: string, tenant: 'one' | 'two' = 'one'): Promise<string> =>
  (await jsonOf(await test.ask('/images', { method: 'POST', body: formWith(await photo(name)), tenant }))).id;

interface MaskAnswer extends RleMask {
  readonly id: string;
  readonly area: number;
  readonly box: Box;
  readonly url: string;
}

interface VisionAnswer {
  readonly image: { readonly id: string; readonly url: string };
  readonly before: { readonly id: string };
  readonly mask: MaskAnswer;
  readonly receipt: Receipt;
  readonly verified: Verification;
  readonly detections: readonly Detection[];
  readonly answer: string;
  readonly error: { readonly code: string; readonly details: { readonly candidates: readonly object[] } };
}

const call = async (name: string, body: object) => jsonOf<VisionAnswer>(await test.post(`/vision/${name}`, body));
const cup = { x: 165, y: 21, width: 245, height: 238 };

describe('POST /vision', () => {
  it('detects', async () => {
    const { detections, image } = await call('detect', { image: coffee, phrases: ['cup'] });
    expect(image.id).toBe(coffee);
    expect(detections).toMatchObject([{ label: 'cup', phrase: 'cup', score: expect.any(Number) }]);
    const all = await call('detect', { image: coffee });
    expect(all.detections.length).toBeGreaterThanOrEqual(detections.length);
  });

  it('cuts out, as a COCO mask that is stored', async () => {
    const { mask } = await call('segment', { image: coffee, phrase: 'the cup' });
    const unpacked = Mask.fromRle(mask);
    expect([unpacked.width, unpacked.height, unpacked.area, unpacked.bounds]).toEqual([600, 400, mask.area, mask.box]);
    expect(mask.area).toBeGreaterThan(10_000);
    const file = await test.ask(mask.url, { tenant: null });
    expect(file.headers.get('content-type')).toBe('application/json');
    expect(await jsonOf(file)).toMatchObject({ size: mask.size, counts: mask.counts });
    expect((await test.ask(`${mask.url}&w=100`, { tenant: null })).status).toBe(400);
  });

  it('answers questions', async () => {
    const { answer } = await call('ask', { image: coffee, question: 'How many cups are there?' });
    expect(answer).toMatch(/one|1/i);
  });

  it('removes, with proof, from a form', async () => {
    const body = formWith(await photo('coffee.png'), { box: JSON.stringify(cup), seed: '7' });
    const answer = await test.ask('/vision/remove', { method: 'POST', body });
    expect(answer.status).toBe(200);
    const edit = await jsonOf<VisionAnswer>(answer);
    expect(edit.before.id).toBe(coffee);
    const facts = { capability: 'remove', backend: 'local', seed: 7, changedOutsideMask: 0, before: coffee };
    expect(edit.receipt).toMatchObject({ ...facts, after: edit.image.id, mask: edit.mask.id });
    expect(edit.verified).toEqual({ ok: expect.any(Boolean), reason: expect.any(String), by: expect.any(String) });
    const file = await test.ask(edit.image.url, { tenant: null });
    const painted = await decodeImage(new Uint8Array(await file.arrayBuffer()));
    const original = await decodeImage(await photo('coffee.png'));
    expect(painted.id).toBe(edit.image.id);
    const { data } = Mask.fromRle(edit.mask);
    const differs = (pixel: number) =>
      [0, 1, 2].some((k) => painted.data[pixel * 4 + k] !== original.data[pixel * 4 + k]);
    let [inside, outside] = [0, 0];
    for (let pixel = 0; pixel < data.length; pixel++) if (differs(pixel)) data[pixel] ? inside++ : outside++;
    expect([outside, inside]).toEqual([0, edit.receipt.changedInsideMask]);
  });

  it('adjusts through masks by id and as they are, and spares what is protected', async () => {
    const size = { width: 600, height: 400 };
    const whole = Mask.fromBox(size, { x: 100, y: 100, width: 200, height: 100 });
    const spared = Mask.fromBox(size, { x: 200, y: 100, width: 50, height: 100 });
    const request = { image: coffee, operation: 'fill', parameters: { colour: '#ff0000' } };
    const edit = await call('adjust', { ...request, mask: whole.toRle(), protect: spared.toRle() });
    expect(edit.receipt).toMatchObject({ changedOutsideMask: 0, protected: { area: spared.area, changed: 0 } });
    const again = await call('adjust', {
      ...request,
      image: edit.image.id,
      operation: 'desaturate',
      parameters: {},
      mask: edit.mask.id,
    });
    expect(again.receipt).toMatchObject({
      before: edit.image.id,
      changedOutsideMask: 0,
      operation: { name: 'desaturate' },
    });
    const subject = await call('adjust', { image: coffee, operation: 'desaturate' });
    expect(subject.receipt.areas.selected).toBeLessThan(600 * 400);
  });

  it('asks back which one is meant', async () => {
    const image = await upload('two-cups.png');
    const answer = await test.post('/vision/segment', { image, phrase: 'the cup' });
    expect(answer.status).toBe(422);
    const { error } = await jsonOf<VisionAnswer>(answer);
    expect(error.code).toBe('choice-needed');
    expect(error.details.candidates).toHaveLength(2);
    const chosen = await call('segment', { image, phrase: 'the cup', choice: 2 });
    expect(chosen.mask.box.x).toBeGreaterThan(600);
  });

  it.each([
    ['detect', { image: 'photos/coffee.png' }, 400, 'invalid-input'],
    ['detect', {}, 400, 'invalid-input'],
    ['detect', { image: `img_${'0'.repeat(32)}` }, 404, 'not-found'],
    ['detect', { image: 'ID', phrase: 'cup' }, 400, 'invalid-input'],
    ['detect', { image: 'ID', phrases: ['xylophone'] }, 400, 'phrase-unknown'],
    ['segment', { image: 'ID' }, 400, 'invalid-input'],
    ['ask', { image: 'ID', question: '' }, 400, 'invalid-input'],
    ['remove', { image: 'ID', mask: { size: [10, 10], counts: 'd3' } }, 400, 'mask-invalid'],
    ['remove', { image: 'ID', mask: { size: [400, 600], counts: 'nonsense' } }, 400, 'mask-invalid'],
    ['remove', { image: 'ID', mask: { size: [16384, 16384], counts: '' } }, 400, 'mask-invalid'],
    ['remove', { image: 'ID', mask: `mask_${'0'.repeat(32)}` }, 404, 'not-found'],
    ['adjust', { image: 'ID', operation: 'explode' }, 400, 'invalid-input'],
    ['adjust', { image: 'ID', operation: 'fill', parameters: { colour: 3 } }, 400, 'invalid-input'],
    ['inpaint', { image: 'ID', box: cup, prompt: 'a cat' }, 501, 'capability-unavailable'],
    ['generate', { prompt: 'a cat' }, 501, 'capability-unavailable'],
    ['generate', { prompt: 'a cat', width: 100_000 }, 400, 'invalid-input'],
  ])('refuses %s %j', async (name, body, status, code) => {
    const request = 'image' in body && body.image === 'ID' ? { ...body, image: coffee } : body;
    expect(await problemOf(await test.post(`/vision/${name}`, request))).toEqual({ status, code });
  });

  it('refuses forms that are none, and fields that are not known', async () => {
    const photograph = await photo('coffee.png');
    const ask = (body: FormData | string, headers?: Record<string, string>) =>
      test.ask('/vision/detect', { method: 'POST', body, ...(headers ? { headers } : {}) });
    expect(await problemOf(await ask(formWith(photograph, { colour: 'red' })))).toEqual({
      status: 400,
      code: 'invalid-input',
    });
    expect(await problemOf(await ask(formWith(photograph, { threshold: 'high' })))).toMatchObject({ status: 400 });
    expect(await problemOf(await ask(new FormData()))).toEqual({ status: 400, code: 'invalid-input' });
    expect((await ask('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    const one = await ask(formWith(photograph, { phrases: 'cup', threshold: '0.2' }));
    expect((await jsonOf<VisionAnswer>(one)).detections).toHaveLength(1);
  });

  it('keeps pictures and masks of tenants apart', async () => {
    const { mask } = await call('segment', { image: coffee, box: cup });
    const theirs = await test.post('/vision/detect', { image: coffee }, { tenant: 'two' });
    const nobodys = await test.post('/vision/detect', { image: `img_${'0'.repeat(32)}` }, { tenant: 'two' });
    expect(await wordsOf(theirs)).toEqual(await wordsOf(nobodys));
    const image = await upload('coffee.png', 'two');
    const foreign = await test.post('/vision/remove', { image, mask: mask.id }, { tenant: 'two' });
    expect(await problemOf(foreign)).toEqual({ status: 404, code: 'not-found' });
  });
});

describe('many calls at once', () => {
  it('wait in a bounded line, and stop when their caller goes away', async () => {
    const { state, backend } = patientDetector();
    const busy = await openTestApp(inject('postgres'), [backend], { limits: { visionAtOnce: 2 } });
    try {
      const image = (
        await jsonOf(await busy.ask('/images', { method: 'POST', body: formWith(await photo('coffee.png')) }))
      ).id;
      const callers = Array.from({ length: 10 }, () => new AbortController());
      const answers = callers.map(({ signal }, index) =>
        // Words of its own for each: a detection that was made once is not made again.
        busy.post('/vision/detect', { image, phrases: [`thing ${index}`] }, { signal }),
      );
      await until(() => state.looking === 2);
      await sleep(100);
      const refused = await busy.post('/vision/detect', { image, phrases: ['one more'] });
      expect(await problemOf(refused.clone())).toEqual({ status: 503, code: 'server-unavailable' });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(state.looking).toBe(2);
      // One at work and one in line go away: the model stops, and the next in line takes the place.
      // Which came first is not said: it is those that the model looks for.
      const isAtWork = (index: number) => state.phrases.includes(`thing ${index}`);
      const indices = [...callers.keys()];
      const [atWork = -1, inLine = -1] = [indices.find(isAtWork), indices.findLast((index) => !isAtWork(index))];
      callers[atWork]?.abort();
      callers[inLine]?.abort();
      await until(() => state.looking === 3 && state.stopped === 1);
      state.letGo();
      const statuses = (await Promise.all(answers)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(8);
      expect([statuses[atWork], statuses[inLine]]).toEqual([499, 499]);
      expect(state.looking).toBe(9);
    } finally {
      await busy.close();
    }
  });
});

describe('a connection that closes', () => {
  it('stops the model', async () => {
    const { state, backend } = patientDetector();
    const app = await openTestApp(inject('postgres'), [backend], { auth: { open: true } });
    await app.services.database.query('DELETE FROM atelier.api_keys');
    const server = createAdaptorServer({ fetch: (request) => app.app.fetch(request) });
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      const caller = new AbortController();
      const body = formWith(await photo('coffee.png'));
      const url = `http://127.0.0.1:${port}/vision/detect`;
      const answer = fetch(url, { method: 'POST', body, signal: caller.signal });
      answer.catch(() => {});
      await until(() => state.looking === 1);
      caller.abort();
      await until(() => state.stopped === 1);
    } finally {
      server.close();
      await app.close();
    }
  });
});

describe('the OpenAPI document', () => {
  it('has every route with its request and answers', async () => {
    const document = await jsonOf<{
      paths: Record<string, Record<string, { requestBody?: object; responses: object }>>;
    }>(await test.ask('/openapi.json'));
    for (const name of ['detect', 'segment', 'ask', 'remove', 'inpaint', 'adjust']) {
      const route = document.paths[`/vision/${name}`]?.post;
      expect(route?.requestBody).toMatchObject({
        content: { 'application/json': { schema: { $ref: expect.any(String) } }, 'multipart/form-data': {} },
      });
      expect(Object.keys(route?.responses ?? {})).toEqual(['200', '503', 'default']);
    }
    expect(Object.keys(document.paths['/images/{id}'] ?? {})).toEqual(['get', 'head']);
    for (const path of ['', '/history', '/undo', '/goto', '/branch', '/recipe']) {
      expect(document.paths[`/sessions/{id}${path}`]).toBeDefined();
    }
  });
});
