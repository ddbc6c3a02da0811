import { randomBytes } from 'node:crypto';
import { local } from '@atelier/local';
import { type Detection, plannedToolNames } from '@atelier/sdk';
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
import { patientDetector, until } from '../vision/__fixtures__/patient-detector.ts';
import { lastSeenIn } from './last-seen.ts';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(inject('postgres'), [local({ threads: 1 })]);
});
afterAll(() => test?.close());

type Tenant = 'one' | 'two';
const upload = async (name: string, tenant: Tenant = 'one'): Promise<string> =>
  (await jsonOf(await test.ask('/images', { method: 'POST', body: formWith(await photo(name)), tenant }))).id;

interface Outcome {
  readonly session: string;
  readonly output: {
    readonly image: string;
    readonly edit: string;
    readonly detections: readonly Detection[];
    readonly candidates: readonly { readonly number: number }[];
    readonly overlay: string;
    readonly mask: string;
  };
}

const call = (tool: string, input: object, more: object = {}, tenant: Tenant = 'one') =>
  test.post(`/tools/${tool}`, { input, ...more }, { tenant });
async function outcome(tool: string, input: object, more: object = {}): Promise<Outcome> {
  const response = await call(tool, input, more);
  expect(response.status, await response.clone().text()).toBe(200);
  return jsonOf<Outcome>(response);
}
const refusal = async (tool: string, input: object, more: object = {}, tenant: Tenant = 'one') =>
  problemOf(await call(tool, input, more, tenant));
const brighten = (image: string) => ({ image, operation: 'brighten', region: 'everything' });
const historyOf = async (session: string) =>
  jsonOf<{ head: string; current: string; nodes: readonly { id: string; parent: string | null }[] }>(
    await test.ask(`/sessions/${session}/history`),
  );
const newSession = expect.stringMatching(/^session_[0-9a-f]{32}$/);
const noImage = `img_${'0'.repeat(32)}`;

describe('POST /tools', () => {
  it('goes on where the picture or the edit was last seen', async () => {
    const image = await upload('two-cups.png');
    const found = await outcome('detect_objects', { image, phrases: ['cup'] });
    expect(found).toMatchObject({ session: newSession, output: { detections: [{ label: 'cup' }, { label: 'cup' }] } });
    const edited = await outcome('adjust_image', brighten(image));
    const again = await outcome('adjust_image', { ...brighten(edited.output.image), operation: 'desaturate' });
    expect([edited.session, again.session]).toEqual([found.session, found.session]);
    expect(await historyOf(found.session)).toMatchObject({
      head: again.output.edit,
      nodes: [
        { id: edited.output.edit, parent: null },
        { id: again.output.edit, parent: edited.output.edit },
      ],
    });
    const undone = await outcome('undo_edit', { edit: edited.output.edit });
    expect(undone).toMatchObject({ session: found.session, output: { undone: edited.output.edit } });
    const last = await outcome('undo_edit', {}, { session: found.session });
    expect(last.output.image).toBe(image);
    expect((await historyOf(found.session)).current).toBe(image);
  });

  it('takes the session that is named, also a new one, and finds the picture there from then on', async () => {
    const image = await upload('coffee.png');
    const [first, second] = [`a-${randomBytes(4).toString('hex')}`, `b-${randomBytes(4).toString('hex')}`];
    for (const session of [first, second, first]) {
      expect((await outcome('ask_image', { image, question: 'How many cups?' }, { session })).session).toBe(session);
      expect((await outcome('ask_image', { image, question: 'How many cups?' })).session).toBe(session);
    }
    const named = await jsonOf<{ sessions: readonly { id: string; edits: number; current: { id: string } }[] }>(
      await test.ask(`/sessions?knows=${image}&limit=2`),
    );
    expect(named.sessions.map(({ id, edits, current }) => [id, edits, current.id])).toEqual([
      [first, 0, image],
      [second, 0, image],
    ]);
  });

  it('answers "which one?" as an answer, with a picture of the numbers, and goes on with the choice', async () => {
    const image = await upload('two-cups.png');
    const asked = await outcome('segment_object', { image, phrase: 'the cup' });
    expect(asked.output).toMatchObject({ needs: 'choice', candidates: [{ number: 1 }, { number: 2 }] });
    expect((await test.ask(`/images/${asked.output.overlay}`)).headers.get('content-type')).toBe('image/png');
    const cut = await outcome('segment_object', { image, phrase: 'the cup', choice: 2 });
    expect(await jsonOf(await test.ask(`/images/${cut.output.mask}`))).toMatchObject({ size: [400, 1200] });
  });

  it('loads pictures by the rules for pictures from outside', async () => {
    const bytes = await photo('coffee.png');
    const dataUrl = `data:image/png;base64,${bytes.toString('base64')}`;
    const loaded = await outcome('load_image', { source: dataUrl });
    expect(loaded).toMatchObject({ session: newSession, output: { width: 600, height: 400 } });
    expect((await historyOf(loaded.session)).current).toBe(loaded.output.image);
    const again = await outcome('load_image', { source: loaded.output.image }, { session: 'picture-of-mine' });
    expect(again).toMatchObject({ session: 'picture-of-mine', output: loaded.output });
    const photograph = new URL('../../../../photos/coffee.png', import.meta.url);
    for (const source of [photograph.pathname, photograph.href, 'photos/coffee.png', '/etc/passwd', 'gopher://a/b'])
      expect(await refusal('load_image', { source })).toEqual({ status: 400, code: 'invalid-input' });
    expect(await refusal('load_image', { source: 'https://example.org/a.png' })).toMatchObject({ code: 'not-allowed' });
    expect(await refusal('load_image', { source: noImage })).toEqual({ status: 404, code: 'not-found' });
  });

  it.each([
    ['detect_objects', { phrases: ['cup'] }, {}, 400, 'invalid-input'],
    ['detect_objects', { image: 'photos/coffee.png', phrases: ['cup'] }, {}, 400, 'invalid-input'],
    ['detect_objects', { image: noImage, phrases: ['cup'] }, {}, 404, 'not-found'],
    ['detect_objects', { image: 'ID', phrases: ['xylophone'] }, {}, 400, 'phrase-unknown'],
    ['adjust_image', { image: 'ID', operation: 'explode' }, {}, 400, 'invalid-input'],
    ['remove_object', { image: 'ID', mask: `mask_${'0'.repeat(32)}` }, {}, 404, 'not-found'],
    ['inpaint_image', { image: 'ID', phrase: 'the cup', prompt: 'a cat' }, {}, 501, 'capability-unavailable'],
    ['undo_edit', {}, {}, 400, 'invalid-input'],
    ['undo_edit', { edit: `edit_${'0'.repeat(32)}` }, {}, 404, 'not-found'],
    ['undo_edit', { edit: 'edit\0' }, {}, 404, 'not-found'],
    ['undo_edit', {}, { session: 'nothing-was-done-here' }, 404, 'not-found'],
    ['undo_edit', {}, { session: `session_${'0'.repeat(32)}` }, 404, 'not-found'],
    ['undo_edit', {}, { session: '../up' }, 400, 'invalid-input'],
    ['undo_edit', {}, { sesion: 'a' }, 400, 'invalid-input'],
    ['plan', { steps: [] }, {}, 404, 'not-found'],
    ['nothing', {}, {}, 404, 'not-found'],
  ])('refuses %s %j %j', async (tool, input, more, status, code) => {
    const ready = 'image' in input && input.image === 'ID' ? { ...input, image: await upload('coffee.png') } : input;
    expect(await refusal(tool, ready, more)).toEqual({ status, code });
  });

  it('keeps tenants apart', async () => {
    const image = await upload('two-cups.png');
    const { session, output } = await outcome('adjust_image', brighten(image));
    const [theirs, nobodys] = await Promise.all(
      [output.image, noImage].map((id) => call('adjust_image', brighten(id), {}, 'two').then(wordsOf)),
    );
    expect(theirs).toEqual(nobodys);
    const undo = (edit: string) => call('undo_edit', { edit }, {}, 'two').then(wordsOf);
    const words = JSON.stringify(await undo(output.edit)).replace(output.edit, 'ID');
    expect(words).toBe(JSON.stringify(await undo('edit_1')).replace('edit_1', 'ID'));
    expect(await refusal('undo_edit', {}, { session }, 'two')).toEqual({ status: 404, code: 'not-found' });
    // The same picture of another tenant is in another session.
    const mine = await upload('two-cups.png', 'two');
    expect(mine).toBe(image);
    const other = await jsonOf<Outcome>(await call('adjust_image', brighten(mine), {}, 'two'));
    expect(other.session).not.toBe(session);
  });

  it('leaves sessions alone that a job works in', async () => {
    const image = await upload('coffee.png');
    const { output, session } = await outcome('adjust_image', brighten(image), { session: 'busy' });
    const request = {
      prompt: 'x',
      session,
      image: null,
      language: 'en',
      approve: 'never',
      deadlineSeconds: 60,
    } as const;
    const { job } = await test.services.jobs.create('one', { request, requestHash: 'busy' });
    const conflict = { status: 409, code: 'conflict' };
    expect(await refusal('adjust_image', brighten(output.image))).toEqual(conflict);
    expect(await refusal('undo_edit', { edit: output.edit })).toEqual(conflict);
    expect(await refusal('ask_image', { image, question: 'What is it?' }, { session })).toEqual(conflict);
    await test.services.jobs.cancel('one', job.id);
    expect((await outcome('undo_edit', { edit: output.edit })).session).toBe(session);
  });

  it('are in the document, one path for each tool, with its own input and output', async () => {
    const document = await jsonOf<{
      paths: Record<string, { post: { requestBody: object; responses: object } }>;
      components: { schemas: Record<string, { properties: { input: { properties: object }; output: object } }> };
    }>(await test.ask('/openapi.json'));
    const paths = Object.keys(document.paths).filter((path) => path.startsWith('/tools/'));
    expect(paths.sort()).toEqual(plannedToolNames.map((name) => `/tools/${name}`).sort());
    const { RemoveObjectCall, RemoveObjectOutcome } = document.components.schemas;
    expect(Object.keys(RemoveObjectCall?.properties.input.properties ?? {}).sort()).toEqual(
      ['image', 'phrase', 'mask', 'box', 'choice', 'seed'].sort(),
    );
    expect(RemoveObjectOutcome?.properties.output).toMatchObject({ anyOf: [{}, {}] });
    expect(Object.keys(document.paths['/tools/remove_object']?.post.responses ?? {})).toEqual([
      '200',
      '503',
      'default',
    ]);
  });
});

describe('calls', () => {
  it('wait in the line of /vision, and stop the model when their caller goes away', async () => {
    const { state, backend } = patientDetector();
    const busy = await openTestApp(inject('postgres'), [backend], { limits: { visionAtOnce: 1 } });
    try {
      const form = formWith(await photo('coffee.png'));
      const { id: image } = await jsonOf(await busy.ask('/images', { method: 'POST', body: form }));
      const callers = Array.from({ length: 12 }, () => new AbortController());
      const codes: number[] = [];
      const answers = callers.map(async ({ signal }, index) => {
        const input = { image, phrases: [`thing ${index}`] };
        const { status } = await busy.post('/tools/detect_objects', { session: 's', input }, { signal });
        codes.push(status);
      });
      // One works and four wait; the others are sent away, and so is who comes by /vision.
      await until(() => state.looking === 1 && codes.length === 7);
      const full = await busy.post('/vision/detect', { image, phrases: ['one more'] });
      expect(await problemOf(full)).toEqual({ status: 503, code: 'server-unavailable' });
      for (const caller of callers) caller.abort();
      await Promise.all(answers);
      expect(codes.sort()).toEqual([...Array(5).fill(499), ...Array(7).fill(503)]);
      expect(state.stopped).toBe(state.looking);
    } finally {
      await busy.close();
    }
  });

  it('count against the limits', async () => {
    const limited = await openTestApp(inject('postgres'), [], { limits: { requestsPerMinute: 10 } });
    try {
      const ask = () => limited.post('/tools/undo_edit', { input: {} });
      const codes = [await ask(), await ask(), await ask()].map(({ status }) => status);
      expect(codes).toEqual([400, 400, 429]);
      expect((await limited.ask('/tools/undo_edit', { method: 'POST', tenant: null })).status).toBe(401);
    } finally {
      await limited.close();
    }
  });
});

describe('the session of a picture', () => {
  it('is found in one step, however many sessions know it', async () => {
    const { database } = test.services;
    await database.query(
      `WITH made AS (
         INSERT INTO atelier.sessions (tenant, id, revision, record) SELECT 'crowd', 'session_' || n, 1, '{}'
         FROM generate_series(1, 20000) AS n RETURNING id)
       INSERT INTO atelier.session_items (tenant, session, item, seen_at)
       SELECT 'crowd', id, 'img_1', now() - substr(id, 9)::int * interval '1 second' FROM made`,
    );
    await database.query('ANALYZE atelier.session_items');
    expect(await lastSeenIn(database, 'crowd', 'img_1')).toBe('session_1');
    const plan = await database.query<{ 'QUERY PLAN': string }>(
      `EXPLAIN (ANALYZE, TIMING OFF) SELECT session FROM atelier.session_items
       WHERE tenant = 'crowd' AND item = 'img_1' ORDER BY seen_at DESC LIMIT 1`,
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/session_items_latest/);
    expect(text).not.toMatch(/Sort|Seq Scan/);
    await database.query(`DELETE FROM atelier.sessions WHERE tenant = 'crowd'`);
    expect(await lastSeenIn(database, 'crowd', 'img_1')).toBeUndefined();
  });
});
