import { describe, expect, it } from 'vitest';
import { AtelierError } from '../../errors/atelier-error.ts';
import * as publicApi from './index.ts';
import { loadProvider } from './load-provider.ts';
import { openBrain } from './open-brain.ts';
import { seesPictures } from './sees-pictures.ts';

const local = { ATELIER_BRAIN_URL: 'http://localhost:8000/v1' };

async function failure(name: string, env: Record<string, string>): Promise<AtelierError> {
  const error: unknown = await openBrain(name, { env }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!AtelierError.isInstance(error)) throw new Error(`no AtelierError: ${String(error)}`);
  return error;
}

describe('openBrain', () => {
  it.each([
    ['openai:gpt-5.2', { OPENAI_API_KEY: 'k' }, 'openai.responses', 'gpt-5.2'],
    [
      'google:gemini-3-pro-preview',
      { GOOGLE_GENERATIVE_AI_API_KEY: 'k' },
      'google.generative-ai',
      'gemini-3-pro-preview',
    ],
    ['google:gemini-2.5-flash', { GOOGLE_API_KEY: 'k' }, 'google.generative-ai', 'gemini-2.5-flash'],
    ['google:gemini-2.5-flash', { GEMINI_API_KEY: 'k' }, 'google.generative-ai', 'gemini-2.5-flash'],
    ['compatible:qwen3:8b', local, 'compatible.chat', 'qwen3:8b'],
    ['compatible', { ...local, ATELIER_BRAIN_MODEL: 'org/model' }, 'compatible.chat', 'org/model'],
    ['compatible:a', { ...local, ATELIER_BRAIN_MODEL: 'b' }, 'compatible.chat', 'a'],
  ])('opens %s', async (name, env, provider, modelId) => {
    const brain = await openBrain(name, { env });
    expect(brain).toMatchObject({ specificationVersion: 'v4', provider, modelId });
    expect(seesPictures(brain)).toBe(true);
  });

  it.each(['', 'gpt-5.2', 'planner', 'anthropic:claude', 'OpenAI:gpt', ':m'])(
    'lists the forms for the name "%s"',
    async (name) => {
      const error = await failure(name, {});
      expect(error.code).toBe('invalid-input');
      for (const form of ['openai:MODEL', 'google:MODEL', 'compatible:MODEL']) expect(error.hint).toContain(form);
    },
  );

  it.each([
    ['openai:', {}, 'openai:MODEL'],
    ['google:', {}, 'google:MODEL'],
    ['openai:gpt 5', {}, 'openai:MODEL'],
    ['openai:gpt-5.2', { GEMINI_API_KEY: 'secret-value' }, 'OPENAI_API_KEY'],
    ['openai:gpt-5.2', { OPENAI_API_KEY: '  ' }, 'OPENAI_API_KEY'],
    ['google:gemini-3-pro', { OPENAI_API_KEY: 'secret-value' }, 'GOOGLE_GENERATIVE_AI_API_KEY'],
    ['compatible:m', { ATELIER_BRAIN_KEY: 'secret-value' }, 'ATELIER_BRAIN_URL'],
    ['compatible', local, 'ATELIER_BRAIN_MODEL'],
    ['compatible:m', { ATELIER_BRAIN_URL: 'localhost:8000' }, 'http://localhost:8000/v1'],
    ['compatible:m', { ATELIER_BRAIN_URL: 'file:///etc/passwd' }, 'http://localhost:8000/v1'],
    ['compatible:m', { ATELIER_BRAIN_URL: 'http://me:secret-value@host/v1' }, 'ATELIER_BRAIN_KEY'],
  ])('says what to do about %s with %o', async (name, env, hint) => {
    const error = await failure(name, env);
    expect(error.code).toBe('invalid-input');
    expect(error.hint).toContain(hint);
    expect(`${error} ${JSON.stringify(error)}`).not.toContain('secret-value');
  });

  it('takes nothing from the environment of the process', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { OPENAI_API_KEY: 'silent', OPENAI_BASE_URL: 'http://elsewhere.test/v1' });
    try {
      expect((await failure('openai:m', {})).hint).toContain('OPENAI_API_KEY');
      const asked: string[] = [];
      const fetch = async (input: string | URL | Request) => {
        asked.push(String(input));
        return new Response('{}', { status: 400 });
      };
      const brain = await openBrain('openai:m', { env: { OPENAI_API_KEY: 'k' }, fetch });
      await expect(
        brain.doGenerate({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] }),
      ).rejects.toThrow();
      expect(asked).toEqual(['https://api.openai.com/v1/responses']);
    } finally {
      for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL']) delete process.env[name];
      Object.assign(process.env, before);
    }
  });
});

describe('loadProvider', () => {
  it('says what to install where a package is missing', async () => {
    const name = '@atelier/no-such-provider';
    await expect(loadProvider(name, () => import(/* @vite-ignore */ name))).rejects.toMatchObject({
      code: 'invalid-input',
      hint: `Install it: npm install ${name}`,
      details: { package: name },
    });
  });

  it('does not take a fault inside a package for a missing one', async () => {
    const broken = () => Promise.reject(new SyntaxError('unexpected token'));
    await expect(loadProvider('x', broken)).rejects.toThrow(SyntaxError);
  });
});

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(publicApi).sort()).toEqual([
    'brainForms',
    'openBrain',
    'seesPictures',
    'withToolImagesInUserMessages',
  ]);
});
