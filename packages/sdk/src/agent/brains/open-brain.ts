import type { LanguageModelV4 } from '@ai-sdk/provider';
import { defaultSettingsMiddleware, wrapLanguageModel } from 'ai';
import { AtelierError } from '../../errors/atelier-error.ts';
import { parseBrainName } from './brain-name.ts';
import { loadProvider } from './load-provider.ts';
import { withToolImagesInUserMessages } from './tool-images.ts';
import { withoutKey } from './without-key.ts';
import { withWordsOnly } from './words-only.ts';

export interface OpenBrainOptions {
  /** Where keys and addresses are read, and only those of the brain that was named. @example process.env */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Opens a brain by its name: `openai:MODEL` (key in OPENAI_API_KEY), `google:MODEL` (GOOGLE_GENERATIVE_AI_API_KEY, GOOGLE_API_KEY
 * or GEMINI_API_KEY), `compatible:MODEL` or `compatible` (any server of chat completions at ATELIER_BRAIN_URL; ATELIER_BRAIN_MODEL,
 * ATELIER_BRAIN_KEY; ATELIER_BRAIN_PICTURES=no for models that read words only). Nothing is sent before its first call.
 * Throws `invalid-input` for a name that there is not, and for a key, address, model or package that is missing.
 * @example atelier({ backends: [local()], brain: await openBrain('openai:gpt-5.2', { env: process.env }) })
 */
export async function openBrain(name: string, options: OpenBrainOptions): Promise<LanguageModelV4> {
  const { provider, model } = parseBrainName(name);
  const { env, fetch } = options;
  if (provider === 'compatible') return openCompatible(model ?? env.ATELIER_BRAIN_MODEL, options);
  // The name's parser lets no other brain through without a model.
  const id = model ?? '';
  if (provider === 'openai') {
    const { createOpenAI } = await loadProvider('@ai-sdk/openai', () => import('@ai-sdk/openai'));
    const apiKey = keyFrom(env, ['OPENAI_API_KEY'], name);
    // Named here, because the package would take another address from the process's environment.
    const settings = { apiKey, baseURL: 'https://api.openai.com/v1', ...(fetch ? { fetch } : {}) };
    return withoutKey(notStored(createOpenAI(settings).responses(id)), apiKey);
  }
  const { createGoogle } = await loadProvider('@ai-sdk/google', () => import('@ai-sdk/google'));
  const apiKey = keyFrom(env, ['GOOGLE_GENERATIVE_AI_API_KEY', 'GOOGLE_API_KEY', 'GEMINI_API_KEY'], name);
  return withoutKey(createGoogle({ apiKey, ...(fetch ? { fetch } : {}) })(id), apiKey);
}

async function openCompatible(model: string | undefined, { env, fetch }: OpenBrainOptions): Promise<LanguageModelV4> {
  const baseURL = addressFrom(env);
  if (!model?.trim()) throw missing('ATELIER_BRAIN_MODEL', 'the name of the model', 'compatible:MODEL');
  const { createOpenAICompatible } = await loadProvider(
    '@ai-sdk/openai-compatible',
    () => import('@ai-sdk/openai-compatible'),
  );
  const apiKey = env.ATELIER_BRAIN_KEY?.trim();
  const settings = { name: 'compatible', baseURL, ...(apiKey ? { apiKey } : {}), ...(fetch ? { fetch } : {}) };
  const opened = createOpenAICompatible(settings).chatModel(model.trim());
  const safe = apiKey ? withoutKey(opened, apiKey) : opened;
  return withToolImagesInUserMessages(env.ATELIER_BRAIN_PICTURES === 'no' ? withWordsOnly(safe) : safe);
}

/** Pictures and words are not kept by the provider, and a session can be gone on with when the provider would have lost them. */
const notStored = (model: LanguageModelV4): LanguageModelV4 =>
  wrapLanguageModel({
    model,
    middleware: defaultSettingsMiddleware({ settings: { providerOptions: { openai: { store: false } } } }),
  });

function keyFrom(env: OpenBrainOptions['env'], variables: readonly [string, ...string[]], brain: string): string {
  for (const variable of variables) {
    const key = env[variable]?.trim();
    if (key) return key;
  }
  throw missing(variables[0], `the key for ${brain}`);
}

function addressFrom(env: OpenBrainOptions['env']): string {
  const written = env.ATELIER_BRAIN_URL?.trim();
  if (!written) throw missing('ATELIER_BRAIN_URL', "the server's address, such as http://localhost:8000/v1");
  const url = URL.parse(written);
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url.href.replace(/\/$/, '');
  throw new AtelierError({
    code: 'invalid-input',
    // An address may hold a password, so it is not repeated.
    message: 'ATELIER_BRAIN_URL is no http or https address, or has a name and password in it.',
    hint: 'Write it like http://localhost:8000/v1, and a key into ATELIER_BRAIN_KEY.',
    details: { variable: 'ATELIER_BRAIN_URL' },
  });
}

const missing = (variable: string, what: string, instead?: string): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `${variable} is not set.`,
    hint: `Set ${variable} to ${what}${instead ? `, or name the brain ${instead}` : ''}.`,
    details: { variable },
  });
