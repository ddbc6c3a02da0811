import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Language } from '@atelier/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SetupError } from '../../../setup-error.ts';
import { checkWeights } from './check-weights.ts';
import type { Profile } from './up-options.ts';
import { upWordsIn } from './words.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-check-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Told {
  readonly state: string;
  readonly ok?: boolean;
  readonly message?: string;
  readonly bytes?: number;
}

/** What is said where the models' own check tells this of the weights. */
async function check(profile: Profile, told: Record<string, Told>, command: string | null, language: Language = 'en') {
  const models = Object.entries(told).map(([model, { ok = true, message = '', bytes = 0, state }]) => {
    return { model, id: `hub/${model}`, ok, state, missing: [], message, bytes, gated: false, caution: null };
  });
  const line = JSON.stringify({ command, models, variables: ['ATELIER_PROFILE'] });
  const python = join(folder, 'python');
  await writeFile(python, `#!/bin/sh\ncat << 'END'\n${line}\nEND\n`, { mode: 0o755 });
  const { signal } = new AbortController();
  const context = { io: { env: process.env, signal }, progress: { update: () => {} }, language };
  return checkWeights({
    context: context as unknown as Parameters<typeof checkWeights>[0]['context'],
    words: upWordsIn(language),
    python,
    packageFolder: folder,
    models: Object.keys(told),
    profile,
    env: {},
  });
}

async function refusalOf(checked: Promise<unknown>): Promise<SetupError> {
  const error = await checked.catch((cause: unknown) => cause);
  if (!(error instanceof SetupError)) throw new Error('It was not refused.');
  return error;
}

describe('the weights of triton up', () => {
  it('are told apart: random, miniature, and the rest', async () => {
    const told = { clip: { state: 'random' }, owlv2: { state: 'miniature' }, sam: { state: 'folder' } };
    const { random, miniature, variables } = await check('miniature', told, null);
    expect({ random, miniature, variables }).toEqual({
      random: ['clip'],
      miniature: ['owlv2'],
      variables: ['ATELIER_PROFILE'],
    });
  });

  const lost = { ok: false, state: 'miniature', message: 'sam: the miniature weights are not in /there.' };

  it.each<[Language, string, RegExp, RegExp]>([
    ['en', 'sam: the miniature weights are not in /there.', /weights of sam are not here/, /install it again/],
    ['ko', 'sam: 패키지에 들어 있어야 할 미니어처 가중치가 없습니다', /sam\.$/, /다시 설치하세요/],
  ])('are part of the package where they are miniatures, in %s', async (language, line, message, hint) => {
    const error = await refusalOf(check('miniature', { owlv2: { state: 'miniature' }, sam: lost }, null, language));
    expect(error).toMatchObject({ code: 'weights-missing', details: { lines: [line] } });
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });

  it('are fetched where they are not, with what can be had without', async () => {
    const pull = 'atelier triton pull --models clip';
    const missing = { ok: false, state: 'missing', message: 'clip: not here.', bytes: 2e9 };
    const error = await refusalOf(check('miniature', { sam: lost, clip: missing }, pull));
    expect(error.hint).toMatch(
      /^Fetch them: atelier triton pull --models clip \(about 2(\.0)? GB\)\..*--profile miniature/,
    );
    expect(error.details?.lines).toEqual([lost.message, expect.stringMatching(/^clip: not here\. \(2(\.0)? GB\)$/)]);
  });

  it.each<[Profile, boolean]>([
    ['full', true],
    ['miniature', true],
    ['random', false],
  ])('of the profile %s: a setting that cannot be used is told at once: %s', async (profile, atOnce) => {
    const checked = check(profile, { sam: { ok: false, state: 'settings', message: 'sam: no.' } }, null);
    if (!atOnce) return void (await checked);
    expect(await refusalOf(checked)).toMatchObject({ code: 'settings-invalid', details: { lines: ['sam: no.'] } });
  });
});
