import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { shownSchema } from '../json-schema.ts';
import { openHost, openWorkshops, photo, reply } from './__fixtures__/calls.ts';
import { answerJob } from './answer-job.ts';
import { cancelJob } from './cancel-job.ts';
import { editImage } from './edit-image.ts';
import { jobStatus } from './job-status.ts';
import { jobTools } from './job-tools.ts';
import { startEdit } from './start-edit.ts';

const workshops = openWorkshops();
const careful = openWorkshops('edits');
afterAll(() => Promise.all([workshops.close(), careful.close()]));

const host = (of = workshops) => openHost(of.of({ scope: 'tests', may: { look: true, edit: true } }));
const twoCups = { prompt: 'Make the cup black and white', image: photo('two-cups.png') };
const oneCup = { prompt: 'Make the cup black and white', image: photo('coffee.png') };

describe('edit_image', () => {
  it('does a whole request, tells progress, and shows what it made', async () => {
    const { call, told } = host();
    const { output, pictures, masks, advice } = await reply(editImage, oneCup, call());
    expect(output).toMatchObject({
      state: 'succeeded',
      job: expect.stringMatching(/^job_/),
      session: expect.stringMatching(/^session_/),
      image: expect.stringMatching(/^img_/),
      edits: [{ tool: 'adjust_image', changedOutsideMask: 0, verified: { ok: true } }],
      verified: true,
    });
    expect(output).not.toHaveProperty('needs');
    expect(output).not.toHaveProperty('error');
    expect(pictures).toEqual([{ id: output.image, title: 'The edited picture' }]);
    expect(masks).toHaveLength(1);
    expect(advice).toMatch(/checked and confirmed.*undo_edit \{"edit":"edit_/);
    expect(told).toContain('Editing the picture...');
    const before = output.session;
    const next = await reply(editImage, { prompt: 'Make the picture brighter', image: output.image }, call());
    expect(next.output.session).toBe(before);
  });

  it('asks the person "which one?" and goes on with the answer', async () => {
    const { call, asked } = host();
    expect(await editImage.handle(twoCups, call({ canAsk: true }))).not.toHaveProperty('output');
    const [question] = asked;
    expect(question?.message).toMatch(/Which one\?.*numbered from left to right/);
    expect(question?.form.properties).toMatchObject({ choice: { enum: ['1', '2'] } });
    const answer = { action: 'accept', content: { choice: '2' } } as const;
    const { output } = await reply(editImage, twoCups, call({ canAsk: true, answer }));
    expect(output).toMatchObject({ state: 'succeeded', job: question?.state?.job, edits: [{ tool: 'adjust_image' }] });
    expect(asked).toHaveLength(1);
    const again = await reply(editImage, twoCups, call({ canAsk: true, answer }));
    expect(again.output).toEqual(output);
  });

  it('stops where the person would not choose, and says so', async () => {
    const { call, asked } = host();
    await editImage.handle(twoCups, call({ canAsk: true }));
    const declined = editImage.handle(twoCups, call({ canAsk: true, answer: { action: 'decline' } }));
    const job = String(asked[0]?.state?.job);
    await expect(declined).rejects.toMatchObject({
      code: 'choice-needed',
      message: expect.stringMatching(/chose none of them\. The picture was not changed\.$/),
      details: { job },
    });
    expect((await reply(jobStatus, { job }, call())).output).toMatchObject({ state: 'cancelled' });
  });

  it('keeps the question open where the answer is none of its numbers', async () => {
    const { call, asked } = host();
    await editImage.handle(twoCups, call({ canAsk: true }));
    const answer = { action: 'accept', content: { choice: '7' } } as const;
    await expect(editImage.handle(twoCups, call({ canAsk: true, answer }))).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const job = String(asked[0]?.state?.job);
    expect((await reply(jobStatus, { job }, call())).output).toMatchObject({ state: 'waiting', needs: 'choice' });
    await reply(cancelJob, { job }, call());
  });

  it('tells hosts that cannot ask how to go on, and goes on by that', async () => {
    const { call } = host();
    const { output, pictures, advice } = await reply(editImage, twoCups, call());
    expect(output).toMatchObject({
      state: 'waiting',
      needs: 'choice',
      reason: 'ambiguous',
      phrase: 'the cup',
      candidates: [{ number: 1 }, { number: 2 }],
      message: expect.stringContaining('Which one?'),
    });
    expect(pictures).toEqual([{ id: output.overlay, title: 'The candidates, numbered', hasLink: false }]);
    const [, json = ''] = /answer_job (\{.*?\})/.exec(advice ?? '') ?? [];
    const input = JSON.parse(json.replace('NUMBER', '1'));
    expect(input).toEqual({ job: output.job, question: output.question, choice: 1 });
    const done = await reply(answerJob, input, call());
    expect(done.output).toMatchObject({ state: 'succeeded', job: output.job, verified: true });
    expect((await reply(answerJob, input, call())).output).toEqual(done.output);
    await expect(reply(answerJob, { ...input, choice: 2 }, call())).rejects.toMatchObject({ code: 'conflict' });
  });

  it('comes back before hosts give up, with how to go on waiting', async () => {
    const { call } = host();
    const { output, advice } = await reply(editImage, oneCup, call({ waitMs: 1 }));
    expect(output).toMatchObject({ state: expect.stringMatching(/queued|running/), progress: expect.any(Number) });
    const [, json = ''] = /job_status (\{.*?\})/.exec(advice ?? '') ?? [];
    const later = await reply(jobStatus, JSON.parse(json), call());
    expect(later.output).toMatchObject({ state: 'succeeded', job: output.job, verified: true });
  });

  it('stops the work when the call is stopped', async () => {
    const { call } = host();
    const stop = new AbortController();
    const working = editImage.handle(oneCup, call({ signal: stop.signal })).catch((error: unknown) => error);
    const workshop = call().workshop;
    const before = (await workshop.jobs.recent(1))[0];
    const job = await vi.waitFor(async () => {
      const [latest] = await workshop.jobs.recent(1);
      expect(latest).not.toBe(before);
      return latest ?? '';
    });
    stop.abort();
    expect(await working).toMatchObject({ code: 'cancelled' });
    expect((await workshop.jobs.get(job)).state).toBe('cancelled');
  });

  it('leaves the job at work where only the connection is gone', async () => {
    const { call } = host();
    const stop = new AbortController();
    const { workshop, ...rest } = call({ signal: stop.signal, abortMeans: 'hang-up' });
    const [before] = await workshop.jobs.recent(1);
    const working = editImage.handle(oneCup, { ...rest, workshop }).catch((error: unknown) => error);
    const job = await vi.waitFor(async () => {
      const [latest = ''] = await workshop.jobs.recent(1);
      expect(latest).not.toBe(before);
      return latest;
    });
    stop.abort();
    expect(await working).toMatchObject({ code: 'cancelled' });
    expect(await workshop.jobs.follow(job)).toMatchObject({ state: 'succeeded', verified: true });
  });

  it('fails with the job’s own error, its id and what became of the picture', async () => {
    const { call } = host();
    const failing = reply(editImage, { prompt: 'Remove the unicorn', session: 'without-pictures' }, call());
    await expect(failing).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('The picture was not changed.'),
      details: { job: expect.stringMatching(/^job_/), session: 'without-pictures' },
    });
  });
});

describe('approval', () => {
  it('is put to the person; only a plain yes is one', async () => {
    const { call, asked } = host(careful);
    await editImage.handle(oneCup, call({ canAsk: true }));
    expect(asked[0]?.message).toMatch(/May I\?/);
    expect(asked[0]?.form.properties).toMatchObject({ approved: { type: 'boolean' } });
    const unsure = { action: 'accept', content: { approved: 'maybe' } } as const;
    await expect(editImage.handle(oneCup, call({ canAsk: true, answer: unsure }))).rejects.toMatchObject({
      code: 'not-approved',
      details: { job: asked[0]?.state?.job },
    });
  });

  it('goes through answer_job where the host cannot ask', async () => {
    const { call } = host(careful);
    const { output, advice } = await reply(editImage, oneCup, call());
    expect(output).toMatchObject({ state: 'waiting', needs: 'approval', message: expect.stringContaining('May I?') });
    expect(advice).toContain(`{"job":"${output.job}","question":"${output.question}","approved":true}`);
    const asked = { job: output.job, question: output.question };
    for (const wrong of [{ choice: 1 }, {}, { choice: 1, approved: true }])
      await expect(reply(answerJob, { ...asked, ...wrong }, call())).rejects.toMatchObject({ code: 'invalid-input' });
    const done = await reply(answerJob, { ...asked, approved: true }, call());
    expect(done.output).toMatchObject({ state: 'succeeded', edits: [{ tool: 'adjust_image' }] });
  });

  it('is for the edit that was asked about: the same answer once more approves no other one', async () => {
    const { call } = host(careful);
    const prompt = 'Make the cup black and white, and make the picture brighter';
    const first = (await reply(editImage, { ...oneCup, prompt }, call())).output;
    const yes = { job: first.job, question: first.question, approved: true };
    expect(answerJob.inputSchema.safeParse({ ...yes, question: undefined }).success).toBe(false);
    const second = (await reply(answerJob, yes, call())).output;
    expect(second).toMatchObject({ state: 'waiting', needs: 'approval' });
    expect(second.question).not.toBe(first.question);
    expect((await reply(answerJob, yes, call())).output).toEqual(second);
    await reply(cancelJob, { job: first.job }, call());
  });
});

describe('the tools of jobs', () => {
  it('start, look, cancel; and answer nothing that was not asked', async () => {
    const { call } = host();
    const { output } = await reply(startEdit, oneCup, call());
    expect(output).toMatchObject({ state: 'queued', message: 'Waiting to start...' });
    const { job } = output;
    const answer = { job, question: 'question_1', choice: 1 };
    await expect(reply(answerJob, answer, call())).rejects.toMatchObject({
      code: 'conflict',
      message: 'The job does not wait for an answer to this question.',
    });
    expect((await reply(cancelJob, { job }, call())).output).toMatchObject({ state: 'cancelled', job });
    expect((await reply(jobStatus, { job }, call())).output).toMatchObject({ state: 'cancelled', verified: false });
    await expect(reply(answerJob, answer, call())).rejects.toMatchObject({ code: 'conflict' });
    await expect(reply(jobStatus, { job: 'job_unknown' }, call())).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tell of a failure in job_status, which itself worked', async () => {
    const { call } = host();
    const { output } = await reply(startEdit, { prompt: 'Remove the unicorn', session: 'also-without' }, call());
    const { output: status, advice } = await reply(jobStatus, { job: output.job, wait_seconds: 10 }, call());
    expect(status).toMatchObject({ state: 'failed', verified: false, error: { code: 'invalid-input' } });
    expect(advice).toMatch(/It failed: tell the person/);
  });

  it('take at most 1,100 tokens of a model’s context', () => {
    const shown = jobTools.map(({ name, title, description, annotations, meta, ...schemas }) => ({
      name,
      title,
      description,
      inputSchema: shownSchema(schemas.inputSchema)['~standard'].jsonSchema.input({ target: 'draft-2020-12' }),
      outputSchema: shownSchema(schemas.outputSchema)['~standard'].jsonSchema.output({ target: 'draft-2020-12' }),
      annotations,
      _meta: meta,
    }));
    expect(encode(JSON.stringify(shown)).length).toBeLessThanOrEqual(1100);
  });
});
