import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { problem, type TestApp, testApp } from './__fixtures__/test-app.ts';

let test: TestApp;
let image: string;
beforeAll(async () => {
  test = await testApp(inject('postgres'), {}, { paints: false });
  image = `data:image/png;base64,${Buffer.from(await test.picture()).toString('base64')}`;
});
afterAll(() => test.end());

const prompt = 'remove the cup';
const send = (json: object, as: 'alice' | 'bob' = 'alice') => test.call('/agent/invoke', { json, as });

describe('a request without a picture', () => {
  it('is refused at once where none can come', async () => {
    for (const session of [undefined, 'brand-new'])
      expect(await problem(await send({ prompt, session }))).toMatchObject({
        status: 400,
        code: 'invalid-input',
        message: expect.stringContaining('There is no picture'),
        hint: expect.stringContaining('-F image=@photo.jpg'),
      });
    expect((await test.database.query('SELECT id FROM atelier.jobs')).length).toBe(0);
  });

  it('is taken in a session that has one, or may have one when its turn comes', async () => {
    const first = await test.invoke({ prompt, image, session: 'pictured' });
    expect((await send({ prompt, session: 'pictured' })).status).toBe(202);
    // Another tenant's session of that name is none.
    expect((await send({ prompt, session: 'pictured' }, 'bob')).status).toBe(400);
    const { jobs } = (await (await test.call('/jobs?session=pictured')).json()) as { jobs: { job_id: string }[] }; // As the schema says.
    for (const { job_id } of jobs) await test.call(`/jobs/${job_id}/cancel`, { method: 'POST' });
    expect(jobs.map(({ job_id }) => job_id)).toContain(first);
    expect((await send({ prompt, session: 'pictured' })).status).toBe(400);
    const session = (await test.app.services()).studioOf('alice').session({ id: 'pictured', image });
    await session.image();
    expect((await send({ prompt, session: 'pictured' })).status).toBe(202);
  });

  it('is taken where somebody can paint one, or fetch it', async () => {
    const fetching = await testApp(inject('postgres'), { imageUrls: () => true }, { paints: false });
    const painting = await testApp(inject('postgres'));
    try {
      for (const app of [fetching, painting]) expect(await app.invoke({ prompt })).toMatch(/^job_/);
    } finally {
      await fetching.end();
      await painting.end();
    }
  });
});

describe('a session', () => {
  it('that was given out goes on; one that was mistyped, or is another tenant’s, is not found', async () => {
    const accepted = await (await send({ prompt, image })).json();
    const { session } = accepted as { session: string }; // As the schema says.
    expect((await send({ prompt, session })).status).toBe(202);
    const mistyped = `session_${'0'.repeat(32)}`;
    for (const more of [{}, { image }]) {
      expect(await problem(await send({ prompt, session: mistyped, ...more }))).toMatchObject({
        status: 404,
        code: 'not-found',
        message: `There is no session ${mistyped}.`,
      });
      expect((await problem(await send({ prompt, session, ...more }, 'bob'))).status).toBe(404);
    }
    // A name of one's own begins a session.
    expect((await send({ prompt, image, session: 'my-session' })).status).toBe(202);
  });
});
